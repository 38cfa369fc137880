using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace FestivalOps.Maintenance.Checklists;

/// <summary>
/// The seal of a signed list: SHA-256 over the seal of the list signed before it, the newest row of the audit trail of that moment, the
/// signature, and every item as it was. The signing's own audit row holds the seal, so the list lies between two rows of the trail. Pure.
/// </summary>
internal static class ChecklistSeal
{
    /// <summary>What the first signed list has before it.</summary>
    public static readonly string Genesis = new('0', 64);

    /// <summary>The seal that the list must have; lower-case hex.</summary>
    public static string Of(Checklist list, IEnumerable<ChecklistItem> items)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, list.SealOrder ?? 0);
        Add(hash, list.PreviousSeal ?? "");
        Add(hash, list.AuditSequence ?? 0);
        Add(hash, list.AuditHash ?? "");
        Add(hash, list.Id);
        Add(hash, list.Kind.ToString());
        Add(hash, list.FirstDay.DayNumber);
        Add(hash, list.LastDay.DayNumber);
        Add(hash, list.OpenedAt);
        Add(hash, list.OpenedBy);
        Add(hash, list.SignedBy ?? "");
        Add(hash, list.SignedAt);
        foreach (var item in items.OrderBy(i => i.Number))
        {
            Add(hash, item.Number);
            foreach (var text in new[] { item.Key, item.TitleJa, item.TitleEn, item.Role.ToString(), item.AssignedTo, item.DoneBy ?? "-", item.Note, item.Verdict.ToString(), item.EvidenceJa, item.EvidenceEn })
                Add(hash, text);
            Add(hash, item.OpenSince);
            Add(hash, item.DoneAt);
            Add(hash, item.EvidenceAt);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // Each text goes in with its length before it, so that no two lists read the same when joined.
    private static void Add(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Add(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    // To the microsecond: the store keeps no more.
    private static void Add(IncrementalHash hash, DateTimeOffset? at) => Add(hash, (at?.UtcTicks ?? 0) / TimeSpan.TicksPerMicrosecond);

    private static void Add(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
