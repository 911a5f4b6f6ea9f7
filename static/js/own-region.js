// The code of the region that the reader chose; only the cookie knows it, the pages are the same for everyone.
export const ownRegion = () => document.cookie.match(/(?:^|; )wilayah=([0-9.]+)/)?.[1];
