import { jsonService } from '../../wire/aws-json.ts';
import type { CloudCall, CloudService } from '../../wire/wire.ts';
import { leadingKeysOf } from './leading-keys.ts';
import type { Tables } from './state.ts';

/** What the functions ask; nobody else is answered. */
const operations = ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query'];

/** DynamoDB, whose answers are the emulator's own. */
export const dynamodbService = (tables: Tables): CloudService => {
  const { name, read, refuse } = jsonService(
    'dynamodb',
    '1.0',
    Object.fromEntries(operations.map((operation) => [operation, () => undefined])),
  );
  return {
    name,
    read,
    refuse,
    /** `pk`: what the item's or the list's `pk` begins with, up to its first `#`. */
    facts: ({ operation, parameters }: CloudCall) => ({
      pk: leadingKeysOf(operation, parameters)[0]?.split('#')[0] ?? '',
    }),
    perform: ({ operation }, { body }) => tables.ask(operation, body),
  };
};
