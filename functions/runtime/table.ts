import {
  itemChanger,
  itemDeleter,
  itemLister,
  itemPutter,
  itemReader,
} from '../adapters/aws/dynamodb-table.ts';
import type { ItemChanger, ItemDeleter, ItemLister, ItemPutter, ItemReader } from '../domain/table.ts';
import type { Runtime } from './runtime.ts';

const nameOf = ({ settings }: Runtime): string => settings('tableName').tableName;

/** What a function does with the table, each by itself: a bundle holds what its function may do, and no more. */
export const readsItems = (runtime: Runtime): ItemReader => itemReader(runtime.aws, nameOf(runtime));
export const listsItems = (runtime: Runtime): ItemLister => itemLister(runtime.aws, nameOf(runtime));
export const putsItems = (runtime: Runtime): ItemPutter => itemPutter(runtime.aws, nameOf(runtime));
export const changesItems = (runtime: Runtime): ItemChanger => itemChanger(runtime.aws, nameOf(runtime));
export const deletesItems = (runtime: Runtime): ItemDeleter => itemDeleter(runtime.aws, nameOf(runtime));
