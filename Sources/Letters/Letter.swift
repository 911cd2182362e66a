/// Letters to people. What they say comes from the assessment, the decision and the pack that they were made
/// under; they hold nothing personal beyond what is passed in.
public enum Letter {}
