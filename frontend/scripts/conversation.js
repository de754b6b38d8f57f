// A conversation on its page: reads, writes, and keeps itself up to date. The page works by links and forms without it.
import { onContent } from "./behaviours/on_content.js";
import { watchBars } from "./conversation/bar.js";
import { CommentList } from "./conversation/comment_list.js";
import { Composer } from "./conversation/composer.js";
import { Connection } from "./conversation/connection.js";
import { Presence } from "./conversation/presence.js";
import { MessageList } from "./conversation/message_list.js";
import { watchPolls } from "./conversation/polls.js";
import { Requests } from "./conversation/requests.js";
import { watchThreads } from "./conversation/threads.js";

onContent("[data-conversation]", begin);

function begin(room) {
  room.classList.add("is-live");
  const words = room.querySelector("[data-template=words]").dataset;
  const template = (name) => room.querySelector(`[data-template=${name}]`).content.firstElementChild.cloneNode(true);
  const me = { id: room.dataset.me, name: room.dataset.myName };
  const may = { write: "mayWrite" in room.dataset, moderate: "moderates" in room.dataset };
  const requests = new Requests(words);
  const List = room.dataset.conversation === "comments" ? CommentList : MessageList;
  const list = new List(room, { words, me, requests });
  const connection = new Connection(room, { words, requests });
  const composer = room.querySelector("[data-composer]")
    ? new Composer(room, { words, template, me, list, requests, connection })
    : null;

  connection.on("changes", (changes) => {
    list.apply(changes);
    if (changes.is_locked) composer?.shut();
  });
  connection.on("open", () => composer?.outbox.flush());
  if (room.querySelector(".conversation-here")) {
    const presence = new Presence(room, words);
    for (const kind of ["here", "came", "gone", "typing"]) connection.on(kind, (said) => presence.hear(kind, said));
  }
  connection.on("notifications", () => document.dispatchEvent(new CustomEvent("guildhall:notifications")));
  connection.on("shut", () => composer?.shut());
  watchBars(room, { words, template, me, may, list, composer, requests });
  watchPolls(room, { requests, list });
  watchThreads(room, { template, list, requests });
  list.begin();
  // What one came for: the newest messages and the field, rather than the head of the page.
  if (room.dataset.newest > 3) composer?.form.scrollIntoView({ block: "end" });
  connection.open();
}
