import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { FieldValue, Item, ItemKey } from '../../domain/table.ts';

export type Attributes = Record<string, AttributeValue>;

/** A value in DynamoDB's own form. */
export const attributeOf = (value: FieldValue): AttributeValue => {
  if (typeof value === 'string') return { S: value };
  return typeof value === 'number' ? { N: String(value) } : { BOOL: value };
};

export const attributesOf = (fields: Readonly<Record<string, FieldValue>>): Attributes =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, attributeOf(value)]));

/** `undefined` for a type that is none of ours, which only somebody's hand can have written. */
const fieldOf = ({ S, N, BOOL }: AttributeValue): FieldValue | undefined => {
  if (S !== undefined) return S;
  return N === undefined ? BOOL : Number(N);
};

const isText = (value: FieldValue | undefined): value is string => typeof value === 'string';

/** An item from DynamoDB's form; fields of other types are left out. */
export const itemOf = (attributes: Attributes): Item => {
  const entries = Object.entries(attributes).map(([name, attribute]) => [name, fieldOf(attribute)] as const);
  const fields = Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  const { pk, sk } = fields;
  return { ...fields, pk: isText(pk) ? pk : '', sk: isText(sk) ? sk : '' } as Item;
};

/** The key alone, whatever else is given. */
export const keyOf = ({ pk, sk }: ItemKey): Attributes => attributesOf({ pk, sk });
