using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using FestivalOps.Language;

namespace FestivalOps.Commands.Audit;

/// <summary>The arithmetic of the chain: pure, so that a verifier needs nothing but the rows.</summary>
internal static class AuditChain
{
    /// <summary>What the first row has before it.</summary>
    public static readonly string Genesis = new('0', 64);

    /// <summary>Puts <paramref name="entry"/> behind the row with <paramref name="sequence"/> and <paramref name="hash"/>.</summary>
    public static void Link(AuditEntry entry, long sequence, string hash)
    {
        entry.Sequence = sequence + 1;
        entry.PreviousHash = hash;
        entry.Hash = HashOf(entry);
    }

    /// <summary>The hash that the row must have.</summary>
    public static string HashOf(AuditEntry entry)
    {
        var row = new ArrayBufferWriter<byte>(512);
        Append(row, entry.PreviousHash);
        Append(row, entry.Sequence);
        Append(row, entry.At.UtcTicks / TimeSpan.TicksPerMicrosecond);
        Append(row, entry.CommandId);
        Append(row, (long)entry.Event);
        Append(row, entry.UserId);
        Append(row, entry.ChannelId);
        Append(row, entry.Text);
        Append(row, entry.Detail);
        Append(row, entry.ErrorId);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(row.WrittenSpan, digest);
        return Convert.ToHexStringLower(digest);
    }

    /// <summary>Checks that <paramref name="entry"/> follows <paramref name="before"/>; says what is wrong, or null.</summary>
    public static LocalizedText? Verify(AuditEntry entry, AuditEntry? before)
    {
        var (sequence, hash) = before is null ? (0, Genesis) : (before.Sequence, before.Hash);
        if (entry.Sequence != sequence + 1)
            return new($"{sequence + 1} 件目がありません", $"row {sequence + 1} is missing");
        if (!string.Equals(entry.PreviousHash, hash, StringComparison.Ordinal))
            return new($"{entry.Sequence} 件目が {sequence} 件目につながっていません", $"row {entry.Sequence} does not follow row {sequence}");
        return IsAsWritten(entry) ? null : Changed(entry.Sequence);
    }

    /// <summary>True when the fields of <paramref name="entry"/> are those that its hash was made of.</summary>
    public static bool IsAsWritten(AuditEntry entry) => string.Equals(entry.Hash, HashOf(entry), StringComparison.Ordinal);

    /// <summary>That the row at <paramref name="sequence"/> is not what was written.</summary>
    public static LocalizedText Changed(long sequence) => new($"{sequence} 件目が書き換えられています", $"row {sequence} was changed");

    // Each field goes in with its length before it, so that no two rows read the same when joined.
    private static void Append(ArrayBufferWriter<byte> row, string text)
    {
        Append(row, Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, row);
    }

    private static void Append(ArrayBufferWriter<byte> row, long number)
    {
        BinaryPrimitives.WriteInt64BigEndian(row.GetSpan(sizeof(long)), number);
        row.Advance(sizeof(long));
    }
}
