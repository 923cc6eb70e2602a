// Lists that grow: the first page and as many after it as the person has asked for, all of them fresh each time;
// as many again when the person comes back.
import { get } from './api.js';
import { keep, kept } from './kept.js';

/**
 * @param first   where the first page is
 * @param further where the page after one is; null after the last one
 */
export function paging(first, further) {
  const name = `pages of ${first}`;
  let wanted = kept(name) ?? 1;
  return {
    async load() {
      const pages = [];
      for (let at = first; at != null && pages.length < wanted; at = further(pages.at(-1))) pages.push(await get(at));
      return pages;
    },
    /** Asks for one page more; when it cannot be had, no more is wanted than before. */
    async grow() {
      wanted += 1;
      try {
        await this.load();
        keep(name, wanted);
      } catch (error) {
        wanted -= 1;
        throw error;
      }
    },
  };
}
