namespace FestivalOps.Storage;

/// <summary>The store has not been opened yet, or can't be.</summary>
internal sealed class StoreNotReadyException(string? problem) : Exception(problem ?? "the store is not ready");
