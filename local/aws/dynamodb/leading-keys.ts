type Parameters = Readonly<Record<string, unknown>>;

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

const text = (attribute: unknown): readonly string[] => {
  const value = field(attribute, 'S');
  return typeof value === 'string' ? [value] : [];
};

/** The value that a query's key condition gives the partition key: `#0 = :0`, with more behind it or without. */
const queried = (parameters: Parameters): readonly string[] => {
  const [, value = ''] = /=\s*(:\w+)/.exec(String(parameters['KeyConditionExpression'])) ?? [];
  return text(field(parameters['ExpressionAttributeValues'], value));
};

/**
 * The partition keys that a call is about
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html).
 */
export const leadingKeysOf = (operation: string, parameters: Parameters): readonly string[] => {
  if (operation === 'Query') return queried(parameters);
  return text(field(parameters[operation === 'PutItem' ? 'Item' : 'Key'], 'pk'));
};
