namespace FestivalOps.Storage;

/// <summary>Looks at the store as the bot left it: after it was opened, before anything works with it.</summary>
internal interface IStoreOpening
{
    /// <summary>Looks. A failure is logged and keeps the store from nobody; so does one that takes longer than <see cref="StoreMigration.AttemptTimeout"/>.</summary>
    Task LookAsync(CancellationToken ct);
}
