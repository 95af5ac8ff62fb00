/** How many lives met a kind of fault at a call: by call, then by kind. */
export type FaultTable = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** The table of call × kind: calls and functions down, kinds across, and how many lives met each. */
export const tableLines = (table: FaultTable): readonly string[] => {
  const kinds = [...new Set([...table.values()].flatMap((row) => [...row.keys()]))];
  const calls = [...table.keys()].sort();
  const width = Math.max(...calls.map(({ length }) => length));
  const line = (call: string, cells: readonly string[]): string =>
    [call.padEnd(width), ...cells.map((cell, index) => cell.padStart(kinds[index]?.length ?? 0))].join('  ');
  return [
    line('', kinds),
    ...calls.map((call) =>
      line(
        call,
        kinds.map((kind) => String(table.get(call)?.get(kind) ?? '·')),
      ),
    ),
  ];
};
