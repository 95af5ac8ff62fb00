/** An instance with the deployment's tag, whatever its other tags say. */
export interface DeploymentInstance {
  readonly id: string;
  /** EC2's word. */
  readonly state: string;
  /** Absent when the tag of its life is gone. */
  readonly life?: string;
}
