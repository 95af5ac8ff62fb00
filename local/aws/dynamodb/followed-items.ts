import { type Attributes, itemOf } from '../../../functions/adapters/aws/dynamodb-items.ts';
import type { Item, ItemKey } from '../../../functions/domain/table.ts';

interface Written {
  readonly Item?: Attributes;
  readonly Attributes?: Attributes;
  readonly Key?: Attributes;
}

const nameOf = ({ pk, sk }: ItemKey): string => `${pk} ${sk}`;

/** What each write that was answered has left, without asking the emulator again. */
export class FollowedItems {
  readonly #items = new Map<string, Item>();

  find(key: ItemKey): Item | undefined {
    return this.#items.get(nameOf(key));
  }

  /** Takes in a call that succeeded. A change counts only where its answer shows the whole item. */
  follow(operation: string, request: string, answer: string): void {
    if (operation === 'PutItem') this.#keep((JSON.parse(request) as Written).Item);
    if (operation === 'UpdateItem') this.#keep((JSON.parse(answer) as Written).Attributes);
    if (operation === 'DeleteItem') {
      const { Key = {} } = JSON.parse(request) as Written;
      this.#items.delete(nameOf(itemOf(Key)));
    }
  }

  #keep(attributes: Attributes | undefined): void {
    if (attributes === undefined) return;
    const item = itemOf(attributes);
    this.#items.set(nameOf(item), item);
  }
}
