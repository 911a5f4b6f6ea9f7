// The posts that this phone keeps on a list, the last one first; only the phone knows them.
const NAME = "tersimpan";
const MOST = 100;

export function saved() {
  try {
    return JSON.parse(localStorage.getItem(NAME)) ?? [];
  } catch {
    return []; // a phone that keeps nothing
  }
}

function write(posts) {
  try {
    localStorage.setItem(NAME, JSON.stringify(posts.slice(0, MOST)));
    return true;
  } catch {
    return false;
  }
}

export const isSaved = (url) => saved().some((post) => post.url === url);
export const remove = (url) => write(saved().filter((post) => post.url !== url));
export const save = (post) => write([post, ...saved().filter((other) => other.url !== post.url)]);
