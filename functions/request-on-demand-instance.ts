import type { LaunchInput, LaunchResult } from './domain/launch/launch.ts';
import { type Assemble, lambda } from './runtime/lambda.ts';
import { launchIn } from './runtime/launching.ts';

export const assemble: Assemble<LaunchInput, LaunchResult> = launchIn('on-demand');

export const handler = lambda(assemble);
