import type { StackTable } from '../../template/stack-tables.ts';
import { InFlight } from '../../time/virtual-time.ts';
import type { WireResponse } from '../../wire/wire.ts';
import { DynamodbEmulator } from './emulator.ts';

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The stack's tables. */
export class Tables {
  readonly #emulator = new DynamodbEmulator();
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

  ask(operation: string, body: string): Promise<WireResponse> {
    return this.#inFlight.track(() => this.#emulator.ask(operation, body));
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
