/** How many letters have to be put in, taken out or exchanged to make one word of the other. */
const distance = (one: string, other: string): number => {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [at, letter] of [...one].entries()) {
    const next = [at + 1];
    for (const [index, theirs] of [...other].entries())
      next.push(
        Math.min(
          (row[index] ?? 0) + (letter === theirs ? 0 : 1),
          (row[index + 1] ?? 0) + 1,
          (next[index] ?? 0) + 1,
        ),
      );
    row = next;
  }
  return row.at(-1) ?? 0;
};

/** The name that somebody may have meant, whatever its case: at most a third of its letters differ. */
export const closest = (word: string, names: readonly string[]): string | undefined =>
  names
    .map((name) => ({ name, letters: distance(word.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, letters }) => letters <= Math.ceil(name.length / 3))
    .toSorted((a, b) => a.letters - b.letters)[0]?.name;

/** ` (did you mean liveRunnerCap?)`, or nothing. */
export const didYouMean = (word: string, names: readonly string[]): string => {
  const meant = closest(word, names);
  return meant === undefined ? '' : ` (did you mean ${meant}?)`;
};

/** What `parseArgs` says of a command line, and which of the options was probably meant, without their dashes. */
export const optionComplaint = (error: unknown, options: readonly string[]): string => {
  const message =
    typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
  const [said, word] = /^Unknown option '--([^'=]+)'/.exec(message) ?? [];
  if (said === undefined || word === undefined) return message;
  const meant = closest(word, options);
  return meant === undefined ? said : `${said} (did you mean --${meant}?)`;
};
