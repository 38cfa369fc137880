using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;

namespace FestivalOps.Channels.Carriers;

/// <summary>
/// Looks where a message would be for the key of its row. Reading has limits of its own at Slack, so a look costs no post; when Slack
/// asks to wait with looking, only the rows that are unclear wait.
/// </summary>
internal sealed class SlackSearch(ISlackApiClient client)
{
    // Slack's clock and ours may differ, and what timed out here may have been done a little later there.
    private static readonly TimeSpan Before = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan After = TimeSpan.FromMinutes(10);

    private const int PageSize = 200;
    private const int MostPages = 20;
    private const int MostPeople = 10_000;

    private readonly ISlackApiClient _slack = client.WithoutRepeats();
    private readonly ConcurrentDictionary<string, string> _directMessages = new(StringComparer.Ordinal);

    /// <summary>Looks for <paramref name="row"/> around the time of its last try.</summary>
    /// <param name="row">The row.</param>
    /// <param name="threadTs">The thread that it would be in; null: in the channel itself.</param>
    /// <param name="ct">Gives up.</param>
    public Task<Finding> FindAsync(OutboxRow row, string? threadTs, CancellationToken ct) => FindAsync(row, threadTs, m => IsOf(m.Metadata, row.Key), ct);

    /// <summary>Looks for a file of this name in a thread: what is uploaded carries no key.</summary>
    public Task<Finding> FindFileAsync(OutboxRow row, string threadTs, string fileName, CancellationToken ct) =>
        FindAsync(row, threadTs, m => m.Files.Any(f => string.Equals(f.Name, fileName, StringComparison.Ordinal)), ct);

    private async Task<Finding> FindAsync(OutboxRow row, string? threadTs, Func<MessageEvent, bool> isIt, CancellationToken ct)
    {
        var around = row.AttemptedAt ?? row.CreatedAt;
        try
        {
            var channel = row.Carrier == Carrier.Person ? await DirectMessageAsync(row.Target, ct) : row.Target;
            string? cursor = null;
            for (var page = 0; page < MostPages; page++)
            {
                var found = await PageAsync(channel, threadTs, Ts(around - Before), Ts(around + After), cursor, ct);
                if (found.Messages.FirstOrDefault(isIt) is { } there) return new Finding.Found(channel, there.Ts);
                cursor = found.ResponseMetadata?.NextCursor;
                if (string.IsNullOrEmpty(cursor)) return new Finding.Absent();
            }
            // Thousands of messages in twelve minutes: better twice than never.
            return new Finding.Absent();
        }
        catch (SlackException refusal) when (threadTs is not null && SlackRefusal.IsThreadGone(refusal))
        {
            return await FindAsync(row, null, isIt, ct);
        }
        catch (SlackException refusal)
        {
            return SlackRefusal.Read(refusal) switch
            {
                Delivery.NotTaken later => new Finding.Unknown(later),
                Delivery.Unclear => new Finding.Unknown(new("Slack's answer to a look can't be read")),
                // No such channel, archived, not in it: sending again will be refused with the reason.
                _ => new Finding.Absent(),
            };
        }
        catch (Exception failure) when (failure is SlackUnavailableException or SlackUnclearException)
        {
            return new Finding.Unknown(new("Slack can't be reached to look for it"));
        }
    }

    private async Task<ConversationMessagesResponse> PageAsync(
        string channel, string? threadTs, string oldest, string latest, string? cursor, CancellationToken ct) => threadTs is null
        ? await _slack.Conversations.History(channel, latest, oldest, inclusive: true, PageSize, includeAllMetadata: true, cursor, ct)
        : await _slack.Conversations.Replies(channel, threadTs, latest, oldest, inclusive: true, PageSize, includeAllMetadata: true, cursor, ct);

    private async Task<string> DirectMessageAsync(string user, CancellationToken ct)
    {
        if (_directMessages.TryGetValue(user, out var known)) return known;
        if (_directMessages.Count >= MostPeople) _directMessages.Clear();
        return _directMessages[user] = await _slack.Conversations.Open([user], ct);
    }

    private static bool IsOf(MessageMetadata? metadata, string key) => metadata is { EventType: SlackCarrier.EventType, EventPayload: JsonObject payload }
        && payload["key"] is JsonValue value && value.TryGetValue<string>(out var found) && string.Equals(found, key, StringComparison.Ordinal);

    private static string Ts(DateTimeOffset at) =>
        string.Create(CultureInfo.InvariantCulture, $"{at.ToUnixTimeSeconds()}.{at.Microsecond + (at.Millisecond * 1000):000000}");
}
