using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace FestivalOps.Demo.SamplePlatform.Local;

/// <summary>Free TCP ports of 127.0.0.1.</summary>
internal static class FreePort
{
    // Below Linux's range for outgoing connections (32768 and up), so that a port stays free while its server is down.
    private const int First = 20_000;
    private const int End = 32_000;

    /// <summary>A port of 20000 to 31999 that nobody listens on now.</summary>
    public static int Take()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(First, End);
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // taken: the next one
            }
        }
    }
}
