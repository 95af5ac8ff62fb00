/** A field's value. Times are ISO 8601, but `ttl`, which DynamoDB wants in seconds since 1970. */
export type FieldValue = string | number | boolean;

export type Fields = Readonly<Record<string, FieldValue>>;

/** Where an item stands: items of one `pk` are listed together, in the order of their `sk`. */
export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

/** An item as it is kept. What a person wrote by hand can be in it: whoever reads it looks at each field's type. */
export type Item = ItemKey & Fields;

/** What a field must be for a write to happen. */
export type FieldTest =
  | 'absent'
  | { readonly is: FieldValue }
  | { readonly below: FieldValue }
  | { readonly above: FieldValue };

/** The write happens when any of these holds: all the fields of one, as the item is in that very moment. */
export type Condition = readonly Readonly<Record<string, FieldTest>>[];

/** Holds while there is no item. */
export const absent: Condition = [{ pk: 'absent' }];

/** What a change does to an item's fields; one that is not there is made. */
export interface Changes {
  readonly set?: Fields;
  /** Numbers that are added; a field that is not there counts from nothing. */
  readonly add?: Readonly<Record<string, number>>;
  readonly remove?: readonly string[];
}

export interface ItemReader {
  /** The item as the last write left it. */
  read(key: ItemKey): Promise<Item | undefined>;
}

export interface ItemLister {
  /** All items of the `pk` in the order of their `sk`, as the last writes left them. */
  list(pk: string): Promise<readonly Item[]>;
}

export interface ItemPutter {
  /** Puts the item in the place of whatever is there; whether the condition held. */
  put(item: Item, condition?: Condition): Promise<boolean>;
}

export interface ItemChanger {
  /** Changes fields and gives the item as it is then; `undefined` when the condition did not hold. */
  change(key: ItemKey, changes: Changes, condition?: Condition): Promise<Item | undefined>;
}

export interface ItemDeleter {
  /** Deletes the item; whether the condition held. Without one an item that is gone already does not matter. */
  delete(key: ItemKey, condition?: Condition): Promise<boolean>;
}

/**
 * The deployment's memory. All methods throw AwsUnavailable or AwsRefused. Each write is atomic, and happens only if its
 * condition holds. One that is repeated after a lost answer finds its own effect: a condition should hold then too, or
 * its refusal be no harm.
 */
export type Table = ItemReader & ItemLister & ItemPutter & ItemChanger & ItemDeleter;
