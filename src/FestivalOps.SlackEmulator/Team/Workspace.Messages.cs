namespace FestivalOps.SlackEmulator.Team;

public sealed partial class Workspace
{
    // A workspace that somebody leaves open for days must not eat the machine.
    private const int KeptPerChannel = 5_000;
    private const int KeptFiles = 100;
    private readonly Dictionary<string, List<Message>> messages = new(StringComparer.Ordinal);
    private readonly Dictionary<(string User, string Channel), string> read = [];
    private readonly Dictionary<string, StoredFile> files = new(StringComparer.Ordinal);
    private readonly Queue<string> fileOrder = new();
    private readonly Dictionary<string, ScheduledMessage> scheduled = new(StringComparer.Ordinal);

    /// <summary>The messages of a conversation, oldest first, replies included, as one person sees them.</summary>
    /// <param name="channelId">Conversation id.</param>
    /// <param name="viewer">User id of who looks; <see langword="null"/> for everything, other people's ephemeral messages too.</param>
    /// <returns>A snapshot.</returns>
    public IReadOnlyList<Message> Messages(string channelId, string? viewer = null)
    {
        lock (gate)
            return messages.TryGetValue(channelId, out var all) ? [.. all.Where(m => viewer is null || m.IsVisibleTo(viewer))] : [];
    }

    /// <summary>Finds one message.</summary>
    /// <param name="channelId">Conversation id.</param>
    /// <param name="ts">Its timestamp.</param>
    /// <returns>The message, or <see langword="null"/>.</returns>
    public Message? FindMessage(string channelId, string? ts)
    {
        lock (gate)
            return messages.GetValueOrDefault(channelId)?.FirstOrDefault(m => string.Equals(m.Ts, ts, StringComparison.Ordinal));
    }

    /// <summary>A thread: its first message and the replies.</summary>
    /// <param name="channelId">Conversation id.</param>
    /// <param name="threadTs">Timestamp of the first message.</param>
    /// <param name="viewer">User id of who looks; <see langword="null"/> for everything.</param>
    /// <returns>A snapshot, oldest first.</returns>
    public IReadOnlyList<Message> Thread(string channelId, string threadTs, string? viewer = null) =>
        [.. Messages(channelId, viewer).Where(m => string.Equals(m.Ts, threadTs, StringComparison.Ordinal)
                                                  || string.Equals(m.ThreadTs, threadTs, StringComparison.Ordinal))];

    /// <summary>How many unread messages and mentions a person has in a conversation.</summary>
    /// <param name="channelId">Conversation id.</param>
    /// <param name="userId">Who looks.</param>
    /// <returns>Counts since the last visit; a direct message counts as a mention.</returns>
    public (int Unread, int Mentions) Unread(string channelId, string userId)
    {
        var channel = FindChannel(channelId);
        lock (gate)
        {
            var seen = read.GetValueOrDefault((userId, channelId), "");
            var fresh = (messages.GetValueOrDefault(channelId) ?? [])
                .Where(m => m.EphemeralFor is null && m.Subtype is null && string.CompareOrdinal(m.Ts, seen) > 0
                            && !string.Equals(m.User, userId, StringComparison.Ordinal)).ToList();
            return (fresh.Count, channel?.IsDirect == true ? fresh.Count : fresh.Count(m => Mentions(m, userId)));
        }
    }

    /// <summary>A person has looked at a conversation.</summary>
    /// <param name="channelId">Conversation id.</param>
    /// <param name="userId">Who looked.</param>
    public void MarkRead(string channelId, string userId)
    {
        lock (gate)
        {
            var newest = messages.GetValueOrDefault(channelId)?.LastOrDefault()?.Ts;
            if (newest is null || string.Equals(read.GetValueOrDefault((userId, channelId)), newest, StringComparison.Ordinal))
                return;
            read[(userId, channelId)] = newest;
        }
        Notify();
    }

    /// <summary>Adds a message under a new timestamp.</summary>
    /// <param name="message">The message; its <see cref="Message.Ts"/> is ignored.</param>
    /// <returns>The message as stored.</returns>
    public Message Post(Message message)
    {
        lock (gate)
        {
            if (!messages.TryGetValue(message.Channel, out var all))
                messages[message.Channel] = all = [];
            message = message with { Ts = NextTs() };
            all.Add(message);
            if (all.Count > KeptPerChannel)
                all.RemoveAt(0);
        }
        Notify();
        return message;
    }

    /// <summary>Changes a message as one step.</summary>
    /// <param name="channelId">Conversation id.</param>
    /// <param name="ts">Its timestamp.</param>
    /// <param name="change">From the present state to the next; <see langword="null"/> removes it.</param>
    /// <returns>Whether the message was there.</returns>
    public bool ChangeMessage(string channelId, string ts, Func<Message, Message?> change)
    {
        lock (gate)
        {
            var all = messages.GetValueOrDefault(channelId);
            var at = all?.FindIndex(m => string.Equals(m.Ts, ts, StringComparison.Ordinal)) ?? -1;
            if (all is null || at < 0)
                return false;
            var next = change(all[at]);
            if (next is null)
                all.RemoveAt(at);
            else
                all[at] = next;
        }
        Notify();
        return true;
    }

    /// <summary>A new timestamp, later than every one before.</summary>
    internal string NextTs()
    {
        lock (gate)
            return Ids.Ts(lastMicros = Math.Max(Ids.Micros(Now), lastMicros + 100));
    }

    internal void SaveFile(StoredFile file)
    {
        lock (gate)
        {
            if (files.TryAdd(file.Info.Id, file))
                fileOrder.Enqueue(file.Info.Id);
            files[file.Info.Id] = file;
            if (fileOrder.Count > KeptFiles)
                files.Remove(fileOrder.Dequeue());
        }
    }

    internal StoredFile? FindFile(string id)
    {
        lock (gate)
            return files.GetValueOrDefault(id);
    }

    internal void Schedule(ScheduledMessage item)
    {
        lock (gate)
            scheduled[item.Id] = item;
    }

    internal IReadOnlyList<ScheduledMessage> Scheduled()
    {
        lock (gate)
            return [.. scheduled.Values.OrderBy(s => s.PostAt)];
    }

    internal bool Unschedule(string id, string channelId)
    {
        lock (gate)
            return scheduled.TryGetValue(id, out var item) && string.Equals(item.Message.Channel, channelId, StringComparison.Ordinal) && scheduled.Remove(id);
    }

    private bool Mentions(Message message, string userId) =>
        message.Text.Contains($"<@{userId}", StringComparison.Ordinal)
        || message.Text.Contains("<!here", StringComparison.Ordinal)
        || message.Text.Contains("<!channel", StringComparison.Ordinal)
        || groups.Values.Any(g => g.Users.Contains(userId, StringComparer.Ordinal) && message.Text.Contains("<!subteam^" + g.Id, StringComparison.Ordinal));
}

/// <summary>Bytes of an upload; <see cref="Message.Files"/> carries only the description.</summary>
internal sealed record StoredFile(SharedFile Info, byte[]? Bytes, bool IsComplete);

/// <summary>A post for later.</summary>
internal sealed record ScheduledMessage(string Id, DateTimeOffset PostAt, Message Message);
