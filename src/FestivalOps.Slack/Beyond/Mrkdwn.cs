using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using FestivalOps.Slack.Blocks;

namespace FestivalOps.Slack.Beyond;

/// <summary>
/// Finished mrkdwn in which everything foreign has been escaped exactly once. Make it with <see cref="Of"/>; it converts to
/// <see cref="Markdown"/> and, by <see cref="ToString"/>, to text for <c>Message.Text</c>.
/// </summary>
public readonly struct Mrkdwn : IEquatable<Mrkdwn>
{
    private readonly string? _value;

    private Mrkdwn(string value) => _value = value;

    /// <summary>No text.</summary>
    public static Mrkdwn Empty => default;

    /// <summary>The mrkdwn text.</summary>
    public string Value => _value ?? "";

    /// <summary>mrkdwn of an interpolated string: its literal parts are trusted, its string holes are escaped, its <see cref="Mrkdwn"/> holes stay.</summary>
    /// <param name="text">For example <c>$"*{title}* is down"</c>.</param>
    /// <returns>The mrkdwn.</returns>
    public static Mrkdwn Of(MrkdwnInterpolatedStringHandler text) => new(text.ToStringAndClear());

    /// <summary>mrkdwn of foreign text: everything is escaped.</summary>
    /// <param name="text">Text from people, alerts or logs.</param>
    /// <returns>The mrkdwn.</returns>
    public static Mrkdwn Escape(string? text) => new(SlackText.Escape(text));

    /// <summary>mrkdwn that is finished already; nothing is escaped. Never for foreign text.</summary>
    /// <param name="mrkdwn">mrkdwn written by us.</param>
    /// <returns>The mrkdwn.</returns>
    public static Mrkdwn Trusted(string mrkdwn) => new(mrkdwn);

    /// <summary>A mention of a person; it notifies.</summary>
    /// <param name="userId">Slack user id.</param>
    /// <returns>The mention, or the escaped text when it is no id.</returns>
    public static Mrkdwn User(string userId) => SlackText.IsId(userId) ? new($"<@{userId}>") : Escape(userId);

    /// <summary>A link to a channel.</summary>
    /// <param name="channelId">Slack channel id.</param>
    /// <returns>The link, or the escaped text when it is no id.</returns>
    public static Mrkdwn Channel(string channelId) => SlackText.IsId(channelId) ? new($"<#{channelId}>") : Escape(channelId);

    /// <summary>A mention of a user group; it notifies.</summary>
    /// <param name="userGroupId">Slack user-group id.</param>
    /// <returns>The mention, or the escaped text when it is no id.</returns>
    public static Mrkdwn Group(string userGroupId) => SlackText.IsId(userGroupId) ? new($"<!subteam^{userGroupId}>") : Escape(userGroupId);

    /// <summary>A link.</summary>
    /// <param name="url">http, https or mailto; anything else is shown as text.</param>
    /// <param name="label">What people see; <c>|</c> and <c>&gt;</c> cannot stand in it and are replaced.</param>
    /// <returns>The link.</returns>
    public static Mrkdwn Link(string url, string label)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https" or "mailto"))
            return Escape(string.IsNullOrWhiteSpace(label) ? url : label);
        var target = url.Replace("|", "%7C", StringComparison.Ordinal).Replace(">", "%3E", StringComparison.Ordinal)
            .Replace("<", "%3C", StringComparison.Ordinal).Replace("&", "&amp;", StringComparison.Ordinal);
        var shown = SlackText.Escape(SlackText.OneLine(label).Replace('|', '¦').Replace('>', '›').Replace('<', '‹'));
        return new(shown.Trim().Length == 0 ? $"<{target}>" : $"<{target}|{shown}>");
    }

    /// <summary>A moment, shown in each reader's own time zone and language.</summary>
    /// <param name="moment">The moment.</param>
    /// <param name="format">Slack's date tokens, for example <c>{date_short_pretty} {time}</c>.</param>
    /// <param name="fallback">For clients that cannot; default: UTC.</param>
    /// <returns>The date.</returns>
    public static Mrkdwn Date(DateTimeOffset moment, string format = "{date_short_pretty} {time}", string? fallback = null) =>
        Date(moment.ToUnixTimeSeconds(), format, fallback ?? moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture));

    /// <summary>A moment, shown in each reader's own time zone and language.</summary>
    /// <param name="epochSeconds">Unix seconds.</param>
    /// <param name="format">Slack's date tokens.</param>
    /// <param name="fallback">For clients that cannot.</param>
    /// <returns>The date.</returns>
    public static Mrkdwn Date(long epochSeconds, string format, string fallback) =>
        new(string.Create(CultureInfo.InvariantCulture, $"<!date^{epochSeconds}^{Part(format)}|{Part(fallback)}>"));

    /// <summary>Text in fixed width on one line. Back-ticks have no escape in mrkdwn; they are replaced by a look-alike.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>The text between back-ticks.</returns>
    public static Mrkdwn Code(string? text)
    {
        var line = SlackText.OneLine(text ?? "").Replace('`', 'ˋ');
        return line.Trim().Length == 0 ? Empty : new($"`{SlackText.Escape(line)}`");
    }

    /// <summary>Text in fixed width on several lines; back-ticks are replaced by a look-alike.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>The text between triple back-ticks.</returns>
    public static Mrkdwn CodeBlock(string? text)
    {
        var lines = (text ?? "").Replace('`', 'ˋ');
        return lines.Trim().Length == 0 ? Empty : new($"```\n{SlackText.Escape(lines)}\n```");
    }

    /// <summary>Several pieces, one after the other.</summary>
    /// <param name="separator">Between them; trusted.</param>
    /// <param name="parts">The pieces.</param>
    /// <returns>All of it.</returns>
    public static Mrkdwn Join(string separator, IEnumerable<Mrkdwn> parts) => new(string.Join(separator, parts.Select(part => part.Value)));

    /// <summary>As a text object of a block.</summary>
    /// <param name="text">The mrkdwn.</param>
    public static implicit operator Markdown(Mrkdwn text) => new(text.Value);

    /// <summary>As a text object of a block.</summary>
    /// <param name="text">The mrkdwn.</param>
    public static implicit operator TextObject(Mrkdwn text) => new Markdown(text.Value);

    /// <summary>One after the other.</summary>
    /// <param name="left">First.</param>
    /// <param name="right">Second.</param>
    public static Mrkdwn operator +(Mrkdwn left, Mrkdwn right) => new(left.Value + right.Value);

    /// <summary>The same text.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(Mrkdwn left, Mrkdwn right) => left.Equals(right);

    /// <summary>Not the same text.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(Mrkdwn left, Mrkdwn right) => !left.Equals(right);

    /// <inheritdoc/>
    public override string ToString() => Value;

    /// <inheritdoc/>
    public bool Equals(Mrkdwn other) => Value == other.Value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Mrkdwn other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Value);

    private static string Part(string text) =>
        SlackText.Escape(SlackText.OneLine(text).Replace('|', '¦').Replace('^', ' ').Replace('>', '›').Replace('<', '‹'));
}

/// <summary>Collects an interpolated string for <see cref="Mrkdwn.Of"/>.</summary>
[InterpolatedStringHandler]
public readonly ref struct MrkdwnInterpolatedStringHandler
{
    private readonly StringBuilder _text;

    /// <summary>Called by the compiler.</summary>
    /// <param name="literalLength">Characters of the literal parts.</param>
    /// <param name="formattedCount">Number of holes.</param>
    public MrkdwnInterpolatedStringHandler(int literalLength, int formattedCount) => _text = new StringBuilder(literalLength + formattedCount * 16);

    /// <summary>A literal part: trusted.</summary>
    /// <param name="value">The part.</param>
    public void AppendLiteral(string value) => _text.Append(value);

    /// <summary>Finished mrkdwn: stays as it is.</summary>
    /// <param name="value">The mrkdwn.</param>
    public void AppendFormatted(Mrkdwn value) => _text.Append(value.Value);

    /// <summary>Text: is escaped.</summary>
    /// <param name="value">The text.</param>
    public void AppendFormatted(string? value) => _text.Append(SlackText.Escape(value));

    /// <summary>Any other value: is formatted independently of the machine's culture and escaped.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="format">Its format.</param>
    public void AppendFormatted<T>(T value, string? format = null) => _text.Append(SlackText.Escape(
        value is IFormattable formattable ? formattable.ToString(format, CultureInfo.InvariantCulture) : value?.ToString()));

    internal string ToStringAndClear() => _text.ToString();
}
