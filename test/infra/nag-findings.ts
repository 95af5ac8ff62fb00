import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Aspects } from 'aws-cdk-lib';
import {
  AwsSolutionsChecks,
  type INagLogger,
  type NagLoggerBaseData,
  type NagLoggerErrorData,
  type NagLoggerNonComplianceData,
  type NagLoggerSuppressedData,
  NagSuppressions,
} from 'cdk-nag';
import { nagReasons } from '../../infra/nag-reasons.ts';
import { readConfig } from '../../infra/read-config.ts';
import { StintStack } from '../../infra/stint-stack.ts';
import { emptyBundles } from './empty-bundles.ts';

/** What cdk-nag says of a stack. */
export class NagFindings implements INagLogger {
  /** The rules that some resource has passed. */
  readonly passed = new Set<string>();
  /** What no reason stands against. */
  readonly open: string[] = [];
  readonly reasonsUsed = new Set<string>();

  onCompliance({ ruleId }: NagLoggerBaseData): void {
    this.passed.add(ruleId);
  }

  onNonCompliance({ resource, ruleId, findingId }: NagLoggerNonComplianceData): void {
    this.open.push(`${ruleId} at ${resource.node.path} ${findingId}`);
  }

  onSuppressed({ suppressionReason }: NagLoggerSuppressedData): void {
    // Before a reason for one finding only, cdk-nag puts the finding in brackets.
    this.reasonsUsed.add(suppressionReason.replace(/^\[.*?\] /, ''));
  }

  onError({ resource, ruleId, errorMessage }: NagLoggerErrorData): void {
    this.open.push(`${ruleId} at ${resource.node.path}: ${errorMessage}`);
  }

  onSuppressedError(data: NagLoggerErrorData): void {
    this.onError(data);
  }

  onNotApplicable(): void {}
}

/** Has cdk-nag's AwsSolutions look at the stack of a configuration, with or without the reasons that we give. */
export const nagFindings = async (
  context: Readonly<Record<string, unknown>>,
  reasons = nagReasons,
): Promise<NagFindings> => {
  const directory = mkdtempSync(join(tmpdir(), 'stint-'));
  const app = new App({ analyticsReporting: false, outdir: join(directory, 'cdk.out') });
  const bundles = await emptyBundles(join(directory, 'functions'));
  const stack = new StintStack(app, { config: readConfig(context), bundles });
  const findings = new NagFindings();
  NagSuppressions.addStackSuppressions(stack, [...reasons]);
  Aspects.of(stack).add(new AwsSolutionsChecks({ reports: false, additionalLoggers: [findings] }));
  try {
    app.synth();
  } catch (error) {
    // A finding fails the synthesis too, with a text that says the same at more length.
    if (findings.open.length === 0) throw error;
  } finally {
    rmSync(directory, { recursive: true });
  }
  return findings;
};
