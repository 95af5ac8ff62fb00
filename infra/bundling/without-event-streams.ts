import type { Plugin } from 'rolldown';
import { replacedModule } from './replaced-module.ts';

const replacement = `
export class EventStreamSerde {
  constructor() {
    throw new Error('This bundle was built without event streams.');
  }
}
export const eventStreamSerdeProvider = undefined;`;

/** Leaves out the SDK's event streams, which it loads for operations that have one; none that is used here has. */
export const withoutEventStreams = (): Plugin =>
  replacedModule({
    specifier: '@smithy/core/event-streams',
    replacement,
    importedBy: /\/@aws-sdk\/client-/,
    gone: /\/@smithy\/core\/.*event-streams\//,
  });
