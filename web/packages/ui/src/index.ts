export * from "./faceText";
export * from "./Face";
export * from "./EmptyState";
export * from "./Skeleton";
export * from "./theme";
