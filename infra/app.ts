import { App } from 'aws-cdk-lib';
import type { Config } from './config.ts';
import { ConfigInvalid, readConfig } from './read-config.ts';
import { StintStack } from './stint-stack.ts';
import { bundle } from './synthesize.ts';

/** What the cdk command runs; cdk.json names it. The command waits for the assembly that this writes. */

/** A mistake in the configuration is told as what it is, without a trace of our code. */
const configOf = (app: App): Config => {
  try {
    return readConfig(app.node.getAllContext());
  } catch (error) {
    if (!(error instanceof ConfigInvalid)) throw error;
    console.error(error.message);
    process.exit(1);
  }
};

const app = new App();
const config = configOf(app);
new StintStack(app, { config, bundles: await bundle('dist/functions') });
app.synth();
