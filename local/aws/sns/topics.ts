import type { StackTopic } from '../../template/stack-topics.ts';

/** A message that reached somebody. */
export interface Mail {
  readonly at: Date;
  readonly to: string;
  readonly topicArn: string;
  readonly message: unknown;
}

/** SNS, as far as topics mail what they are told to whoever confirmed that they want it. */
export class Topics {
  readonly mails: Mail[] = [];
  readonly #topics: readonly StackTopic[];

  constructor(topics: readonly StackTopic[]) {
    this.#topics = topics;
  }

  publish(topicArn: string, message: unknown): void {
    const { emails = [] } = this.#topics.find(({ arn }) => arn === topicArn) ?? {};
    for (const to of emails) this.mails.push({ at: new Date(), to, topicArn, message });
  }
}
