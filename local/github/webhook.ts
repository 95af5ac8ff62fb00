import { createHmac, randomUUID } from 'node:crypto';
import type { FaultPlan } from '../wire/faults.ts';
import type { HttpRequest } from '../wire/http-exchange.ts';
import { deliveryBody } from './delivery-body.ts';
import type { FakeJob } from './runners.ts';
import type { GitHub } from './state.ts';

/** Sends a delivery; the status of the answer. */
export type SendDelivery = (request: HttpRequest) => Promise<number>;

export interface WebhookOptions {
  /** Where deliveries go; to the stack's HTTP API unless told otherwise. */
  readonly send?: SendDelivery;
}

/** The name by which faults know a delivery. */
export const deliverWebhook = 'DeliverWebhook';

/** One sending of a delivery, as GitHub lists it. */
export interface FakeDelivery {
  readonly id: number;
  /** The same for each sending of one delivery. */
  readonly guid: string;
  readonly deliveredAt: Date;
  readonly isRedelivery: boolean;
  readonly action: string;
  readonly body: string;
  /** 0 while there is no answer. */
  statusCode: number;
}

export interface WebhookPorts {
  readonly github: GitHub;
  readonly faults: FaultPlan;
  readonly send: SendDelivery;
  /** With which GitHub signs, as the maintainer has given it to GitHub. */
  readonly secret: () => string | undefined;
  readonly installationId: number;
}

/** GitHub delivers within a second or two. */
const deliverySeconds = 1;

/** A delivery that is late by a fault. */
const lateSeconds = 120;

/** After how many seconds a delivery goes out, once for each sending: by the fault that strikes it. */
const sendings: Readonly<Record<string, readonly number[]>> = {
  Lost: [],
  Doubled: [deliverySeconds, deliverySeconds + 1],
  Late: [lateSeconds],
};

type Kept = Pick<FakeDelivery, 'guid' | 'action' | 'body'>;

/**
 * The webhook of a GitHub App: it delivers what happens to jobs, signed, and never by itself a second time
 * (https://docs.github.com/webhooks/using-webhooks/handling-failed-webhook-deliveries).
 */
export class Webhook {
  readonly #ports: WebhookPorts;
  /** Oldest first. */
  readonly deliveries: FakeDelivery[] = [];

  constructor(ports: WebhookPorts) {
    this.#ports = ports;
  }

  /** Delivers what a job has come to. */
  tell(job: FakeJob): void {
    const { github, faults, installationId } = this.#ports;
    const run = github.run(job.runId);
    if (run === undefined) return;
    const runnerId = github.runners.find(({ name }) => name === job.runnerName)?.id ?? null;
    const body = JSON.stringify(deliveryBody(job, { run, runnerId, installationId }));
    const kept = { guid: randomUUID(), action: job.status, body };
    const fault = faults.take({ service: 'github', operation: deliverWebhook }, { action: job.status });
    for (const seconds of sendings[fault?.error ?? ''] ?? [deliverySeconds])
      setTimeout(() => this.#send(kept, false), seconds * 1_000);
    if (fault?.error === 'Lost') this.#record(kept, false);
  }

  /** Sends a delivery again, as somebody has asked for; whether there is one. */
  redeliver(id: number): boolean {
    const kept = this.deliveries.find((delivery) => delivery.id === id);
    if (kept !== undefined) setTimeout(() => this.#send(kept, true), deliverySeconds * 1_000);
    return kept !== undefined;
  }

  #record(kept: Kept, isRedelivery: boolean): FakeDelivery {
    const { guid, action, body } = kept;
    const id = this.deliveries.length + 1;
    const delivery = { id, guid, action, body, isRedelivery, deliveredAt: new Date(), statusCode: 0 };
    this.deliveries.push(delivery);
    return delivery;
  }

  #send(kept: Kept, isRedelivery: boolean): void {
    const delivery = this.#record(kept, isRedelivery);
    const { send, secret } = this.#ports;
    const signature = createHmac('sha256', secret() ?? '')
      .update(kept.body)
      .digest('hex');
    const request: HttpRequest = {
      method: 'POST',
      path: '/github/webhook',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'GitHub-Hookshot/044aadd',
        'x-github-delivery': kept.guid,
        'x-github-event': 'workflow_job',
        'x-hub-signature-256': `sha256=${signature}`,
      },
      body: Buffer.from(kept.body),
      sourceIp: '192.0.2.1',
    };
    send(request).then(
      (status) => {
        delivery.statusCode = status;
      },
      () => undefined,
    );
  }
}
