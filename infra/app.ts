import { App } from 'aws-cdk-lib';
import { readConfig } from './config.ts';
import { StintStack } from './stint-stack.ts';
import { bundle } from './synthesize.ts';

/** What the cdk command runs; cdk.json names it. The command itself writes the assembly when this ends. */
const app = new App();
new StintStack(app, {
  config: readConfig(app.node.getAllContext()),
  bundles: await bundle('dist/functions'),
});
app.synth();
