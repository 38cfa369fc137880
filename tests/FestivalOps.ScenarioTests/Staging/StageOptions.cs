using FestivalOps.Demo.SamplePlatform;
using Microsoft.Extensions.Time.Testing;

namespace FestivalOps.ScenarioTests.Staging;

/// <summary>What a stage is made of.</summary>
internal sealed record StageOptions(Transport Transport, Store Store)
{
    /// <summary>The platform that the bot watches; null: none is set up.</summary>
    public LocalPlatform? Platform { get; init; }

    /// <summary>Settings of the bot over those of the stage.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The clock of bot and workspace; null: the real one. A held clock runs on while someone waits for something.</summary>
    public FakeTimeProvider? Clock { get; init; }

    /// <summary>Connection string of the PostgreSQL store, when it is not the shared one.</summary>
    public string? StoreConnection { get; init; }
}
