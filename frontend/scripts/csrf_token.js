// The token that the forms of the page carry; where somebody has signed in again in another window meanwhile, the newer
// one of the cookie.
export function csrfToken() {
  const newest = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1];
  return newest ?? document.querySelector("input[name=csrfmiddlewaretoken]")?.value;
}
