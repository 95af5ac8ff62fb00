/**
 * Types whose hypervisor lets a machine have `/dev/kvm` when it is launched with nested virtualization
 * (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/amazon-ec2-nested-virtualization.html).
 */
export const nestsVirtualization = (instanceType: string): boolean =>
  /^[cmr]8i(-flex)?\.(?!metal)/.test(instanceType);

/** A whole machine has no hypervisor beneath it, and its `/dev/kvm` needs no option. */
export const isWholeMachine = (instanceType: string): boolean => /\.metal(-|$)/.test(instanceType);
