// What two tabs of one phone wrote on one draft. Each part, a field or a photo, is as whoever changed it has it.

// base: what this tab started from; mine: { pairs, photos } as they stand here; theirs: what the store has.
export function merged(base, mine, theirs) {
  if (theirs.edit === base?.edit) return { pairs: mine.pairs, photos: withAnswers(mine.photos, theirs.photos) };
  return { pairs: words(base?.pairs ?? [], mine.pairs, theirs.pairs), photos: photos(base?.photos ?? [], mine.photos, theirs.photos) };
}

function words(base, mine, theirs) {
  const [before, here, there] = [base, mine, theirs].map(byName);
  const names = [...new Set([...Object.keys(here), ...Object.keys(there)])];
  return names.flatMap((name) => {
    const isMine = JSON.stringify(here[name]) !== JSON.stringify(before[name]);
    return ((isMine ? here : there)[name] ?? []).map((text) => [name, text]);
  });
}

function byName(pairs) {
  const found = {};
  for (const [name, text] of pairs) found[name] = [...(found[name] ?? []), text];
  return found;
}

// A photo by the name that all tabs know it by.
const key = ({ uuid, id }) => uuid || id;
const find = (photos, one) => photos.find((other) => key(other) === key(one) || other.id === one.id);

function photos(base, mine, theirs) {
  const kept = mine.filter((photo) => !find(base, photo) || find(theirs, photo));
  const added = theirs.filter((photo) => !find(base, photo) && !find(mine, photo));
  return [...withAnswers(kept, theirs, base), ...added];
}

// What was uploaded meanwhile is known to the store before the page hears of it.
function withAnswers(mine, theirs, base = []) {
  return mine.map((photo) => {
    const other = find(theirs, photo);
    if (!other) return photo;
    const answers = photo.uuid ? {} : { uuid: other.uuid, src: other.src, refusal: other.refusal ?? photo.refusal };
    const before = find(base, photo);
    const [alt, caption] = ["alt", "caption"].map((name) => (before?.[name] === photo[name] ? other : photo)[name]);
    return { ...photo, ...answers, alt, caption };
  });
}
