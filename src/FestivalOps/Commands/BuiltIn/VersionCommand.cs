using System.Reflection;
using System.Runtime.InteropServices;
using FestivalOps.Language;
using FestivalOps.Storage;
using Microsoft.Extensions.Options;

namespace FestivalOps.Commands.BuiltIn;

/// <summary><c>/fops version</c>: what runs here, since when, and where it keeps its memory.</summary>
internal sealed class VersionCommand(
    IOptions<StorageOptions> storage, StoreState store, ISlackConnectionState connection, Uptime uptime, IOptions<LanguageOptions> languages)
    : ICommand
{
    /// <summary>The version of this build.</summary>
    public static string Version { get; } =
        typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "?";

    /// <inheritdoc/>
    public string Name => "version";

    /// <inheritdoc/>
    public LocalizedText? AlsoCalled { get; } = new("バージョン", "--version");

    /// <inheritdoc/>
    public LocalizedText Summary => BuiltInTexts.VersionSummary;

    /// <inheritdoc/>
    public Task<Reply> RunAsync(CommandContext context, CancellationToken ct)
    {
        var language = context.Language;
        var engine = storage.Value.UsesPostgres ? "PostgreSQL" : "SQLite";
        var lines = new[]
        {
            Mrkdwn.Of($"*FestivalOps {Version}*"),
            Mrkdwn.Of($"{BuiltInTexts.RunningSince(SpokenTime.Stamp(uptime.Since, languages.Value.GetZone()), uptime.Span).In(language)}"),
            Mrkdwn.Of($"{(store.IsReachable ? BuiltInTexts.StoreReady(engine) : BuiltInTexts.StoreAway(engine, store.Problem ?? "")).In(language)}"),
            Mrkdwn.Of($"{BuiltInTexts.SlackBy(connection).In(language)}"),
            Mrkdwn.Of($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}"),
        };
        return Task.FromResult(Reply.ToPerson(new()
        {
            Text = $"FestivalOps {Version}",
            Blocks = [new SectionBlock { Text = Mrkdwn.Join("\n", lines) }],
        }));
    }
}

/// <summary>Since when this process runs.</summary>
internal sealed class Uptime(TimeProvider time)
{
    /// <summary>The start.</summary>
    public DateTimeOffset Since { get; } = time.GetUtcNow();

    /// <summary>From the start to now.</summary>
    public TimeSpan Span => time.GetUtcNow() - Since;
}
