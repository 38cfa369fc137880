using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace FestivalOps.Benchmarks.Traffic;

/// <summary>
/// What the stand-in for Slack remembers of posts, once it was asked to: when each came, where it went, its metadata, and which marks
/// (<c>mark-0000042</c>) stand in it. From the same memory it answers <c>conversations.history</c> and <c>conversations.replies</c>, where a bot looks
/// for a post of its own. It can keep the answer to a post back, so that a program is killed between "Slack has it" and "Slack said so".
/// </summary>
internal sealed class SlackBook
{
    private static readonly CompositeFormat Message = CompositeFormat.Parse(
        """{{"type":"message","user":"U0BOT0001","bot_id":"B0BENCH01","app_id":"A0BENCH01","text":"","ts":"{0}"{1}{2}}}""");

    private readonly Lock _lock = new();
    private readonly List<Entry> _entries = [];
    private TaskCompletionSource? _held;
    private int _holdAt = int.MaxValue;
    private long _lastTs;

    /// <summary>How many calls were written down.</summary>
    public int Count
    {
        get
        {
            lock (_lock) return _entries.Count;
        }
    }

    /// <summary>Writes a call down and answers it as Slack does.</summary>
    /// <param name="what"><c>post</c>, <c>update</c> or <c>hook</c> (an incoming webhook).</param>
    /// <param name="body">Its body: form fields, or JSON for a webhook.</param>
    public string Write(string what, ReadOnlySpan<byte> body)
    {
        var at = Stopwatch.GetTimestamp();
        var marks = Marks(body);
        var form = Encoding.ASCII.GetString(body);
        var channel = what == "hook" ? "" : Field(form, "channel");
        // A post to a person arrives in the direct message with them.
        if (channel.StartsWith('U')) channel = "D" + channel;
        var thread = what == "hook" ? "" : Field(form, "thread_ts");
        var metadata = what == "hook" ? "" : Field(form, "metadata");
        lock (_lock)
        {
            // Slack's ts is the time of the message, and unique.
            var ticks = Math.Max(_lastTs + 10, TimeProvider.System.GetUtcNow().Ticks - DateTime.UnixEpoch.Ticks);
            _lastTs = ticks;
            var ts = what == "update" ? Field(form, "ts") : string.Create(
                CultureInfo.InvariantCulture, $"{ticks / TimeSpan.TicksPerSecond}.{ticks % TimeSpan.TicksPerSecond / 10:D6}");
            _entries.Add(new(at, what, channel, thread, ts, metadata, marks));
            if (_entries.Count >= _holdAt) _held ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            return $$$"""{"ok":true,"channel":"{{{channel}}}","ts":"{{{ts}}}","message":{"ts":"{{{ts}}}","text":""}}""";
        }
    }

    /// <summary>Keeps answers back from the post on that is number <paramref name="count"/>.</summary>
    public void HoldAt(int count)
    {
        lock (_lock) _holdAt = count;
    }

    /// <summary>Gives the answers that were kept back.</summary>
    public void Release()
    {
        lock (_lock)
        {
            _holdAt = int.MaxValue;
            _held?.SetResult();
            _held = null;
        }
    }

    /// <summary>What an answer has to wait for; null when it need not.</summary>
    public Task? Held
    {
        get
        {
            lock (_lock) return _held?.Task;
        }
    }

    /// <summary>The calls from number <paramref name="first"/> on, a line each: moment, what, channel, thread, ts, metadata, marks; between tabs.</summary>
    public string Lines(int first)
    {
        var text = new StringBuilder();
        lock (_lock)
        {
            foreach (var e in _entries.Skip(first))
                text.Append(CultureInfo.InvariantCulture, $"{e.At}\t{e.What}\t{e.Channel}\t{e.Thread}\t{e.Ts}\t{e.Metadata}\t{e.Marks}\n");
        }
        return text.ToString();
    }

    /// <summary>Answers <c>conversations.history</c> (newest first) and, when <paramref name="form"/> names a thread, <c>conversations.replies</c>.</summary>
    public string History(string form)
    {
        var (channel, thread, oldest, cursor) = (Field(form, "channel"), Field(form, "ts"), Field(form, "oldest"), Field(form, "cursor"));
        var limit = int.TryParse(Field(form, "limit"), CultureInfo.InvariantCulture, out var l) ? l : 100;
        var skip = int.TryParse(cursor, CultureInfo.InvariantCulture, out var c) ? c : 0;
        List<Entry> there;
        lock (_lock)
        {
            there = [.. _entries.Where(e => e.What == "post" && e.Channel == channel
                && (thread.Length == 0 ? e.Thread.Length == 0 : e.Thread == thread || e.Ts == thread) && string.CompareOrdinal(e.Ts, oldest) > 0)];
        }
        if (thread.Length == 0) there.Reverse();
        var page = there.Skip(skip).Take(limit).Select(e => string.Format(
            CultureInfo.InvariantCulture, Message, e.Ts,
            e.Thread.Length == 0 ? "" : $",\"thread_ts\":\"{e.Thread}\"", e.Metadata.Length == 0 ? "" : $",\"metadata\":{e.Metadata}"));
        var more = there.Count > skip + limit;
        return $$$"""{"ok":true,"messages":[{{{string.Join(',', page)}}}],"has_more":{{{(more ? "true" : "false")}}},"response_metadata":{"next_cursor":"{{{(more ? skip + limit : "")}}}"}}""";
    }

    /// <summary>A field of a form, decoded; empty when it is not there.</summary>
    public static string Field(string form, string name)
    {
        var start = form.StartsWith(name + "=", StringComparison.Ordinal) ? 0 : form.IndexOf($"&{name}=", StringComparison.Ordinal) + 1;
        if (start == 0 && !form.StartsWith(name + "=", StringComparison.Ordinal)) return "";
        start += name.Length + 1;
        var end = form.IndexOf('&', start);
        return Uri.UnescapeDataString(form[start..(end < 0 ? form.Length : end)].Replace('+', ' '));
    }

    // The same mark stands several times in a message: in its text, its blocks and its fallback.
    private static string Marks(ReadOnlySpan<byte> body)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        while (body.IndexOf("mark-"u8) is >= 0 and var at && body.Length >= at + 12)
        {
            found.Add(Encoding.ASCII.GetString(body.Slice(at + 5, 7)));
            body = body[(at + 12)..];
        }
        return string.Join(',', found);
    }

    private sealed record Entry(long At, string What, string Channel, string Thread, string Ts, string Metadata, string Marks);
}
