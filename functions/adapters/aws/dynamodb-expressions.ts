import type { Changes, Condition, FieldTest, FieldValue } from '../../domain/table.ts';
import { type Attributes, attributeOf } from './dynamodb-items.ts';

/** An expression's words and values under short names: DynamoDB reserves hundreds of words. */
export class ExpressionNames {
  readonly #names = new Map<string, string>();
  readonly #values: Attributes = {};

  name(field: string): string {
    const known = this.#names.get(field) ?? `#${this.#names.size}`;
    this.#names.set(field, known);
    return known;
  }

  value(value: FieldValue): string {
    const name = `:${Object.keys(this.#values).length}`;
    this.#values[name] = attributeOf(value);
    return name;
  }

  /** DynamoDB refuses an empty list of names or values. */
  get parameters() {
    const names = Object.fromEntries([...this.#names].map(([field, name]) => [name, field]));
    return {
      ...(this.#names.size === 0 ? {} : { ExpressionAttributeNames: names }),
      ...(Object.keys(this.#values).length === 0 ? {} : { ExpressionAttributeValues: this.#values }),
    };
  }
}

const testText = (names: ExpressionNames, field: string, test: FieldTest): string => {
  const name = names.name(field);
  if (test === 'absent') return `attribute_not_exists(${name})`;
  if ('is' in test) return `${name} = ${names.value(test.is)}`;
  return 'below' in test ? `${name} < ${names.value(test.below)}` : `${name} > ${names.value(test.above)}`;
};

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.ConditionExpressions.html */
export const conditionText = (names: ExpressionNames, condition: Condition): string =>
  condition
    .map((tests) => Object.entries(tests).map(([field, test]) => testText(names, field, test)))
    .map((tests) => `(${tests.join(' AND ')})`)
    .join(' OR ');

const clause = (word: string, parts: readonly string[]): readonly string[] =>
  parts.length === 0 ? [] : [`${word} ${parts.join(', ')}`];

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html */
export const changesText = (names: ExpressionNames, { set = {}, add = {}, remove = [] }: Changes): string => {
  const sets = Object.entries(set).map(([field, value]) => `${names.name(field)} = ${names.value(value)}`);
  const adds = Object.entries(add).map(([field, value]) => `${names.name(field)} ${names.value(value)}`);
  const removes = remove.map((field) => names.name(field));
  return [...clause('SET', sets), ...clause('ADD', adds), ...clause('REMOVE', removes)].join(' ');
};
