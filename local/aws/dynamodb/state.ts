import type { Item, ItemKey } from '../../../functions/domain/table.ts';
import type { StackTable } from '../../template/stack-tables.ts';
import { InFlight } from '../../time/virtual-time.ts';
import type { WireResponse } from '../../wire/wire.ts';
import { DynamodbEmulator } from './emulator.ts';
import { FollowedItems } from './followed-items.ts';

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The stack's tables. */
export class Tables {
  readonly #emulator = new DynamodbEmulator();
  readonly #items = new FollowedItems();
  readonly #inFlight: InFlight;

  private constructor(inFlight: InFlight) {
    this.#inFlight = inFlight;
  }

  /**
   * Makes the tables. A table is ready only after a timer, so this comes before virtual time, of which the emulator's
   * own work knows nothing: `inFlight` keeps it from moving on meanwhile.
   */
  static async of(tables: readonly StackTable[], inFlight = new InFlight()): Promise<Tables> {
    const made = new Tables(inFlight);
    for (const table of tables) await made.#create(table);
    return made;
  }

  async ask(operation: string, body: string): Promise<WireResponse> {
    const response = await this.#inFlight.track(() => this.#emulator.ask(operation, body));
    if (response.status === 200) this.#items.follow(operation, body, response.body);
    return response;
  }

  /** An item as the last write left it, for whoever looks at the cloud from outside and cannot wait. */
  find(key: ItemKey): Item | undefined {
    return this.#items.find(key);
  }

  async delete(name: string): Promise<void> {
    await this.ask('DeleteTable', JSON.stringify({ TableName: name }));
  }

  async #create({ name, attributes, keys }: StackTable): Promise<void> {
    const definition = { AttributeDefinitions: attributes, KeySchema: keys, BillingMode: 'PAY_PER_REQUEST' };
    const { status, body } = await this.ask(
      'CreateTable',
      JSON.stringify({ TableName: name, ...definition }),
    );
    if (status !== 200) throw new Error(`The table ${name} cannot be made: ${body}`);
    while (!(await this.#isActive(name))) await nextTurn();
  }

  async #isActive(name: string): Promise<boolean> {
    const { body } = await this.ask('DescribeTable', JSON.stringify({ TableName: name }));
    return body.includes('"TableStatus":"ACTIVE"');
  }
}
