/** The error of a provision that its own forced destroy has stopped. Nobody throws it: `StopExecution` is given it. */
export const destroyedError = 'Destroyed';
