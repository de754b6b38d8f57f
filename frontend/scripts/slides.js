// The presentation view of an entry: reveal.js moves through the slides that the server made, and what its plug-ins
// would do by scripts in the markup, which the content security policy refuses, is done here.
import { present } from "./slides/audience.js";
import { assist } from "./slides/speaker.js";

if (document.body.classList.contains("speaker")) assist();
else present();
