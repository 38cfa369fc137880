using System.Runtime.CompilerServices;
using System.Text;

namespace FestivalOps.Blocking.Reading;

/// <summary>Which answers count as refused, and which paths only scanners ask for.</summary>
internal sealed class Refusals
{
    private readonly bool[] _statuses = new bool[1000];

    // By the second byte: the first is always a slash.
    private readonly byte[][]?[] _prefixes = new byte[][]?[256];
    private readonly byte[][] _endings;

    /// <summary>Makes it.</summary>
    /// <param name="statuses">HTTP statuses, 100 to 599.</param>
    /// <param name="scannerPaths">Beginnings of paths (<c>/wp-</c>), or endings after a star (<c>*.php</c>); lower case, ASCII.</param>
    public Refusals(IEnumerable<int> statuses, IReadOnlyCollection<string> scannerPaths)
    {
        foreach (var status in statuses) _statuses[status] = true;
        foreach (var group in scannerPaths.Where(p => p.StartsWith('/')).Select(Encoding.ASCII.GetBytes).GroupBy(p => p[1]))
        {
            _prefixes[group.Key] = [.. group];
            if (char.IsAsciiLetterLower((char)group.Key)) _prefixes[group.Key - 32] = [.. group];
        }
        _endings = [.. scannerPaths.Where(p => p.StartsWith('*')).Select(p => Encoding.ASCII.GetBytes(p[1..]))];
    }

    /// <summary>Whether a status counts; three digits.</summary>
    public bool Counts(int status) => _statuses[status];

    /// <summary>Whether a request line, <c>GET /path?query HTTP/1.1</c>, asks for a path of scanners.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool IsScanners(ReadOnlySpan<byte> request)
    {
        var space = request.IndexOf((byte)' ');
        return space >= 0 && IsScannersPath(request[(space + 1)..]);
    }

    /// <summary>The same for a path with whatever follows it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool IsScannersPath(ReadOnlySpan<byte> path)
    {
        var end = path.IndexOfAny((byte)'?', (byte)' ');
        if (end >= 0) path = path[..end];
        // //xmlrpc.php, too.
        while (path.StartsWith("//"u8)) path = path[1..];
        if (path.Length < 2 || path[0] != '/') return false;
        if (_prefixes[path[1]] is { } prefixes)
        {
            foreach (var prefix in prefixes)
            {
                if (path.Length >= prefix.Length && Ascii.EqualsIgnoreCase(path[..prefix.Length], prefix)) return true;
            }
        }
        foreach (var ending in _endings)
        {
            if (path.Length >= ending.Length && Ascii.EqualsIgnoreCase(path[^ending.Length..], ending)) return true;
        }
        return false;
    }
}
