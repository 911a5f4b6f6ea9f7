// Shows one of the newest posts after the other, twelve seconds each, and begins anew when a newer one came.
const EVERY = 12_000;

setInterval(() => {
  const posts = [...document.querySelectorAll("[data-turn]")];
  if (posts.length < 2 || document.hidden) return;
  const now = posts.findIndex((post) => !post.hidden);
  posts.forEach((post, number) => {
    post.hidden = number !== (now + 1) % posts.length;
  });
}, EVERY);
