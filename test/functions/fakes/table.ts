import type {
  Condition,
  FieldTest,
  FieldValue,
  Item,
  ItemKey,
  Table,
} from '../../../functions/domain/table.ts';

const holds = (test: FieldTest, value: FieldValue | undefined): boolean => {
  if (test === 'absent') return value === undefined;
  if (value === undefined) return false;
  if ('is' in test) return value === test.is;
  return 'below' in test ? value < test.below : value > test.above;
};

const allows = (condition: Condition | undefined, item: Item | undefined): boolean =>
  condition === undefined ||
  condition.some((tests) => Object.entries(tests).every(([field, test]) => holds(test, item?.[field])));

const nameOf = ({ pk, sk }: ItemKey): string => `${pk} ${sk}`;

/** A table in a map, for what is tested without DynamoDB. */
export const fakeTable = (...given: readonly Item[]) => {
  const items = new Map(given.map((item) => [nameOf(item), item]));
  const table: Table = {
    read: async (key) => items.get(nameOf(key)),
    list: async (pk) =>
      [...items.values()].filter((item) => item.pk === pk).toSorted((a, b) => (a.sk < b.sk ? -1 : 1)),
    put: async (item, condition) => {
      const isHeld = allows(condition, items.get(nameOf(item)));
      if (isHeld) items.set(nameOf(item), item);
      return isHeld;
    },
    change: async ({ pk, sk }, { set = {}, add = {}, remove = [] }, condition) => {
      const known = items.get(nameOf({ pk, sk }));
      if (!allows(condition, known)) return undefined;
      const added = Object.entries(add).map(([field, value]) => [field, Number(known?.[field] ?? 0) + value]);
      const fields = { ...known, ...set, ...Object.fromEntries(added), pk, sk };
      const kept = Object.entries(fields).filter(([field]) => !remove.includes(field));
      const changed = Object.fromEntries(kept) as Item;
      items.set(nameOf(changed), changed);
      return changed;
    },
    delete: async (key, condition) => {
      const isHeld = allows(condition, items.get(nameOf(key)));
      if (isHeld) items.delete(nameOf(key));
      return isHeld;
    },
  };
  return { table, items };
};
