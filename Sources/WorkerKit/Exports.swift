// A plugin imports WorkerKit and Messages, and nothing else of ours.
@_exported public import Calls
@_exported public import CaseModel
@_exported public import WebCalls
