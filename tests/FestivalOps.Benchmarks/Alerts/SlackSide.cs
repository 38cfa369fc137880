using System.Diagnostics;
using System.Globalization;

namespace FestivalOps.Benchmarks.Alerts;

/// <summary>A call of Slack as the stand-in wrote it down.</summary>
/// <param name="At">Stopwatch timestamp (the machine's monotonic clock) at which the whole request had come.</param>
/// <param name="What"><c>post</c>, <c>update</c> or <c>hook</c> (an incoming webhook).</param>
/// <param name="Channel">Channel; empty for a hook.</param>
/// <param name="Thread">Thread; empty for a message of its own.</param>
/// <param name="Ts">The <c>ts</c> of the message.</param>
/// <param name="Metadata">Its metadata, JSON; empty when there is none.</param>
/// <param name="Marks">The alerts that it names (<see cref="AlertOrder.Mark"/>).</param>
internal sealed record SlackCall(long At, string What, string Channel, string Thread, string Ts, string Metadata, IReadOnlyList<string> Marks)
{
    /// <summary>True for a message that stands in a channel by itself.</summary>
    public bool IsMessage => What == "hook" || (What == "post" && Thread.Length == 0);
}

/// <summary>What the stand-in for Slack has seen.</summary>
internal sealed class SlackSide(HttpClient http)
{
    /// <summary>Makes it write calls down from now on.</summary>
    public Task OpenAsync() => http.GetStringAsync(new Uri("book", UriKind.Relative));

    /// <summary>How many calls it has written down.</summary>
    public async Task<int> CountAsync() => int.Parse(await http.GetStringAsync(new Uri("written", UriKind.Relative)), CultureInfo.InvariantCulture);

    /// <summary>Keeps answers back from the call on that is number <paramref name="count"/>, until <see cref="ReleaseAsync"/>.</summary>
    public Task HoldAtAsync(int count) => http.GetStringAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"held/{count}"), UriKind.Relative));

    /// <summary>Lets all answers go.</summary>
    public Task ReleaseAsync() => http.GetStringAsync(new Uri("release", UriKind.Relative));

    /// <summary>The calls from number <paramref name="first"/> on.</summary>
    public async Task<IReadOnlyList<SlackCall>> SinceAsync(int first)
    {
        var text = await http.GetStringAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"lines/{first}"), UriKind.Relative));
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Read)];
    }

    /// <summary>Waits until <paramref name="count"/> calls are written down; false when they are not after <paramref name="atMost"/>.</summary>
    public async Task<bool> UntilAsync(int count, TimeSpan atMost)
    {
        var since = Stopwatch.GetTimestamp();
        while (await CountAsync() < count)
        {
            if (Stopwatch.GetElapsedTime(since) > atMost) return false;
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, CancellationToken.None);
        }
        return true;
    }

    /// <summary>Waits until nothing has come for <paramref name="quiet"/>; gives up silently after <paramref name="atMost"/>.</summary>
    public async Task UntilQuietAsync(TimeSpan quiet, TimeSpan atMost)
    {
        var since = Stopwatch.GetTimestamp();
        var (count, changed) = (await CountAsync(), since);
        while (Stopwatch.GetElapsedTime(changed) < quiet && Stopwatch.GetElapsedTime(since) < atMost)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
            if (await CountAsync() is var now && now != count) (count, changed) = (now, Stopwatch.GetTimestamp());
        }
    }

    /// <summary>
    /// Waits until, of the calls from number <paramref name="first"/> on, none has shown an alert for the first time or as a message of its own
    /// for <paramref name="quiet"/>; gives these calls.
    /// </summary>
    /// <exception cref="TimeoutException">They still come after <paramref name="atMost"/>.</exception>
    public async Task<IReadOnlyList<SlackCall>> UntilAllShownAsync(int first, TimeSpan quiet, TimeSpan atMost)
    {
        var since = Stopwatch.GetTimestamp();
        var (news, changed) = (-1, since);
        while (true)
        {
            var calls = await SinceAsync(first);
            var now = calls.SelectMany(c => c.Marks).Distinct(StringComparer.Ordinal).Count() + calls.Count(c => c.IsMessage);
            if (now != news) (news, changed) = (now, Stopwatch.GetTimestamp());
            else if (Stopwatch.GetElapsedTime(changed) > quiet) return calls;
            if (Stopwatch.GetElapsedTime(since) > atMost) throw new TimeoutException($"After {atMost.TotalMinutes:F0} min there are still new messages in Slack ({calls.Count:N0} calls).");
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, CancellationToken.None);
        }
    }

    private static SlackCall Read(string line)
    {
        var part = line.Split('\t');
        return new(
            long.Parse(part[0], CultureInfo.InvariantCulture), part[1], part[2], part[3], part[4], part[5],
            part[6].Split(',', StringSplitOptions.RemoveEmptyEntries));
    }
}
