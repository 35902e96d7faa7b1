/**
 * A source of files that remembers for a moment what it found: five hundred phones that ask for one firmware in the same second
 * cost one look at the disk, not five hundred. What was not found is looked for again at once, for somebody may just be copying it.
 */
import type { FileAnswer, FileSource } from './files.js';

/** Milliseconds; a file that is put in the place of another is seen after that. */
const rememberMs = 250;
/** Names remembered; there are never many of them, unless somebody makes them up. */
const mostNames = 1_000;

type Remembered = { readonly answer: Promise<FileAnswer>; readonly until: number };

/** For sources whose answer depends on the path alone. `now`: milliseconds of a clock that never goes back. */
export function recentAnswers(source: FileSource, now: () => number = () => performance.now()): FileSource {
  const known = new Map<string, Remembered>();
  return {
    async find(request) {
      const at = now();
      const recent = known.get(request.path);
      if (recent !== undefined && recent.until > at) return recent.answer;
      const finding = { answer: source.find(request), until: at + rememberMs };
      if (known.size >= mostNames) known.clear();
      known.set(request.path, finding); // also for those who ask before it is found
      const answer = await finding.answer;
      if (answer.kind !== 'file' && known.get(request.path) === finding) known.delete(request.path);
      return answer;
    },
  };
}
