import type { StackRecord, StackRecordResource } from '../../template/stack-record.ts';
import { AwsFault } from '../../wire/aws-json.ts';

export interface FakeResource extends StackRecordResource {
  status: string;
}

export interface FakeStackOptions {
  /** Why a resource cannot be removed now, by its type; `undefined` when nothing keeps it. */
  readonly keeps: (type: string) => string | undefined;
  /** Everything that the stack made is gone. */
  readonly onRemoved: () => void;
  /** How long a removal takes. */
  readonly removalSeconds?: number;
}

/** A stack that stands from the start, and its removal. */
export class FakeStack {
  readonly record: StackRecord;
  readonly createdAt = new Date();
  readonly resources: readonly FakeResource[];
  /** Newest first. */
  readonly failures: { readonly logicalId: string; readonly reason: string }[] = [];
  /** CloudFormation's word for how it stands. */
  status = 'CREATE_COMPLETE';
  /** Refuses to be removed. */
  isProtected = false;
  /** `false` before the first deployment. */
  isDeployed = true;
  readonly #options: FakeStackOptions;

  constructor(record: StackRecord, options: FakeStackOptions) {
    this.record = record;
    this.resources = record.resources.map((resource) => ({ ...resource, status: 'CREATE_COMPLETE' }));
    this.#options = options;
  }

  get isRemoved(): boolean {
    return this.status === 'DELETE_COMPLETE';
  }

  /** Begins to remove the stack; once more does nothing (API_DeleteStack). */
  remove(): void {
    if (this.isRemoved || this.status === 'DELETE_IN_PROGRESS') return;
    if (this.isProtected)
      throw new AwsFault(
        'ValidationError',
        `Stack [${this.record.stackName}] cannot be deleted while TerminationProtection is enabled`,
      );
    this.status = 'DELETE_IN_PROGRESS';
    setTimeout(() => this.#end(), (this.#options.removalSeconds ?? 60) * 1_000);
  }

  #end(): void {
    const kept = this.resources.filter((resource) => !this.#remove(resource));
    this.status = kept.length === 0 ? 'DELETE_COMPLETE' : 'DELETE_FAILED';
    if (kept.length === 0) this.#options.onRemoved();
  }

  /** A resource that the template tells to keep stays, and the stack does not mind. */
  #remove(resource: FakeResource): boolean {
    const reason = this.#options.keeps(resource.type);
    if (reason !== undefined) {
      resource.status = 'DELETE_FAILED';
      this.failures.unshift({ logicalId: resource.logicalId, reason });
      return false;
    }
    resource.status = resource.isRetained ? 'DELETE_SKIPPED' : 'DELETE_COMPLETE';
    return true;
  }
}
