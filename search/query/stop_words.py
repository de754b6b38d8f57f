"""Words of a question that tell nothing about what is looked for: left out, unless there are no others.

Written for questions, not for statistics: what asks, joins and points, in the five languages.
"""

from search import analysis

_WRITTEN = """
a an the and or not of in on at to from by for with without about into over under after before between during is
are was were be been being am do does did doing done has have had having can could may might must shall should
will would i we you he she it they me us him her them my our your his its their this that these those there here
what which who whom whose when where why how if then than so as but because while until up down out off again
only just also any some all each every no nor too very much many more most such same own get gets got make makes
made please tell show find want need know way thing

а без бы был была были было быть в вам вас ваш весь вместо во вот все всё вы где да для до его ее её если есть
еще ещё же за здесь и из или им их к как какая какие какой какое когда которая которые который кто куда ли либо
лучше мне можно мой мы на над надо нам нас наш не него нее нее нет ни них но ну нужно о об один он она они оно
от откуда по под почему при про раз с сам свой себя сейчас со так такой там то того тоже только том ты у уже
чего чем что чтобы эта эти это этот я делать сделать нельзя зачем сколько нам нами после перед между через

або адже але б би був була були було бути в вам вас ваш вже ви від він вона вони воно все всі де для до є ж за
зі з й його її їм їх і коли котрий краще куди лише ми мене мені мій між можна на над нам нас наш не нема нема ні
ніж о один ось от по під після перед при про робити зробити свій себе скільки слід так такий там те тебе теж ти
тільки то того тому треба у хто це цей ця чи чим чого чому що щоб як яка яке який які якщо я через

а ако ала без беше би бъде бяха в вас ваш ви вие във все всеки всички вече вместо върху всичко го да дали до
докато дори е едва едва ето за защо защото и из или им има имат й каква какво какви какъв как като кога когато
което които кой който която към къде ли ме между ми мога може можем моля му на над надо най нали нас наш не него
нея ни ние никой нито но някой няма о от отново по под после при прави правя през преди с са само се сега си
след со сме съм също със та така такъв тези ти това този тогава той толкова точно трябва ту тук тя тях у че ще
щом я колко откъде

של את על אל עם מן מ ב ל ה ו ש כ זה זו זאת אלה אלו הוא היא הם הן אני אנחנו אתה את אתם מי מה מתי איפה היכן לאן
מאין איך כיצד למה מדוע כמה האם אם כי אבל או גם רק עוד כבר לא אין יש היה הייתה היו להיות אפשר צריך צריכים חייבים
מותר כדאי עושים לעשות בין לפני אחרי בלי תוך כל כמו אז כן שלי שלנו שלך שלכם אותו אותה אותם לי לנו לך בו בה בהם
איזה איזו אילו כאשר כשאר
"""
_WORDS = frozenset(word for written in _WRITTEN.split() for word in analysis.words(written))


def is_one(word: str) -> bool:
    """Whether a folded word is one of them."""
    return word in _WORDS
