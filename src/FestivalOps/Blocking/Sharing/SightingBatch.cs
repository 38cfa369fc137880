using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using FestivalOps.Blocking.Reading;

namespace FestivalOps.Blocking.Sharing;

/// <summary>One thing that was counted, and the line that told it.</summary>
/// <param name="Sighting">What.</param>
/// <param name="Line">The line, counted from 1 in what its reader read.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ToldSighting(Sighting Sighting, long Line);

/// <summary>What one reader counted of one log, for the other readers.</summary>
/// <param name="Origin">Names the log among all that anybody reads: its name and machine. 1 to 200 bytes of UTF-8.</param>
/// <param name="Source">Its name in the settings. 1 to 200 bytes.</param>
/// <param name="Sightings">At most <see cref="Most"/>.</param>
internal sealed record SightingBatch(string Origin, string Source, IReadOnlyList<ToldSighting> Sightings)
{
    /// <summary>So many at most: 500.</summary>
    public const int Most = 500;

    private const byte Version = 1;
    private const int Each = 33;
    private const int LongestName = 200;

    /// <summary>The origin of a log with this name on this machine.</summary>
    public static string OriginOf(string name, string place)
    {
        var origin = $"{name}@{place}";
        return Encoding.UTF8.GetByteCount(origin) <= LongestName ? origin : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin)));
    }

    /// <summary>As it is sent.</summary>
    public byte[] ToBytes()
    {
        var (origin, source) = (Encoding.UTF8.GetBytes(Origin), Encoding.UTF8.GetBytes(Source));
        var bytes = new byte[3 + origin.Length + source.Length + Sightings.Count * Each];
        (bytes[0], bytes[1], bytes[2]) = (Version, checked((byte)origin.Length), checked((byte)source.Length));
        origin.CopyTo(bytes, 3);
        source.CopyTo(bytes, 3 + origin.Length);
        var rest = bytes.AsSpan(3 + origin.Length + source.Length);
        foreach (var (sighting, line) in Sightings)
        {
            (rest[0], rest[1], rest[2]) = ((byte)sighting.Signal, (byte)sighting.Doubt, (byte)((sighting.IsScannerPath ? 1 : 0) | (sighting.IsTooMany ? 2 : 0)));
            BinaryPrimitives.WriteUInt16LittleEndian(rest[3..], (ushort)sighting.Times);
            BinaryPrimitives.WriteUInt64LittleEndian(rest[5..], sighting.Address.Bits);
            BinaryPrimitives.WriteInt64LittleEndian(rest[13..], sighting.At);
            BinaryPrimitives.WriteUInt32LittleEndian(rest[21..], sighting.User);
            BinaryPrimitives.WriteInt64LittleEndian(rest[25..], line);
            rest = rest[Each..];
        }
        return bytes;
    }

    /// <summary>Reads what was sent. Whoever can write to that Redis can have anyone blocked; what we would not write ourselves is refused all the same.</summary>
    /// <param name="bytes">What came.</param>
    /// <param name="latest">Moments after this are not believed. Unit: microseconds since 1970.</param>
    /// <returns>Null: it is none.</returns>
    public static SightingBatch? Read(ReadOnlySpan<byte> bytes, long latest)
    {
        if (bytes.Length < 3 || bytes[0] != Version) return null;
        var (origin, source) = ((int)bytes[1], (int)bytes[2]);
        if (origin is 0 or > LongestName || source is 0 or > LongestName || bytes.Length < 3 + origin + source) return null;
        var rest = bytes[(3 + origin + source)..];
        if (rest.Length % Each != 0 || rest.Length / Each is 0 or > Most) return null;
        var sightings = new List<ToldSighting>(rest.Length / Each);
        for (; !rest.IsEmpty; rest = rest[Each..])
        {
            var sighting = new Sighting
            {
                Signal = (Signal)rest[0], Doubt = (Doubt)rest[1], IsScannerPath = (rest[2] & 1) != 0, IsTooMany = (rest[2] & 2) != 0,
                Times = BinaryPrimitives.ReadUInt16LittleEndian(rest[3..]), Address = new(BinaryPrimitives.ReadUInt64LittleEndian(rest[5..])),
                At = BinaryPrimitives.ReadInt64LittleEndian(rest[13..]), User = BinaryPrimitives.ReadUInt32LittleEndian(rest[21..]),
            };
            if (!Enum.IsDefined(sighting.Signal) || !Enum.IsDefined(sighting.Doubt) || sighting.Times is 0 or > Sighting.MostTimes) return null;
            if (!sighting.Address.CanBeClient || sighting.At <= 0 || sighting.At > latest) return null;
            sightings.Add(new(sighting, BinaryPrimitives.ReadInt64LittleEndian(rest[25..])));
        }
        return new(Encoding.UTF8.GetString(bytes.Slice(3, origin)), Encoding.UTF8.GetString(bytes.Slice(3 + origin, source)), sightings);
    }
}
