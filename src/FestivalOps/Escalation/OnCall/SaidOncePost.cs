using System.Text.Json;
using FestivalOps.Channels;
using FestivalOps.Language;
using FestivalOps.Storage;
using Microsoft.Extensions.Options;

namespace FestivalOps.Escalation.OnCall;

/// <summary><c>oncall.said</c>: a sentence of the on-call book to the team, said once for each key; the argument holds it in both languages as mrkdwn.</summary>
internal sealed class SaidOncePost(IOptions<LanguageOptions> languages) : IPostKind
{
    /// <summary>See <see cref="Kind"/>.</summary>
    public const string Name = "oncall.said";

    /// <inheritdoc/>
    public string Kind => Name;

    /// <summary>The argument of a sentence; finished mrkdwn, cut to what a row holds.</summary>
    public static string Argument(Mrkdwn ja, Mrkdwn en) => JsonSerializer.Serialize(new[] { Cut(ja), Cut(en) }, Plain);

    /// <inheritdoc/>
    public Task<Prepared> PrepareAsync(OutboxRow row, OpsDbContext db, CancellationToken ct)
    {
        var said = JsonSerializer.Deserialize<string[]>(row.Argument) is [var ja, var en] ? new LocalizedText(ja, en) : LocalizedText.Same("-");
        var text = Mrkdwn.Trusted(said.In(languages.Value.Channels));
        return Task.FromResult<Prepared>(new Prepared.Post(new() { Text = text.ToString(), Blocks = [new SectionBlock { Text = text }] }));
    }

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Cut(Mrkdwn text) => text.Value.Length <= 1_800 ? text.Value : text.Value[..text.Value.LastIndexOf('\n', 1_790)] + "\n…";
}
