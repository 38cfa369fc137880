using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace FestivalOps.Benchmarks.Block;

/// <summary>Two small processes on the two sides of a firewall: one sends packets, one notes when the last of each address arrived.</summary>
internal static class Packets
{
    /// <summary>Sends: a line <c>FROM TO PORT MILLISECONDS</c> on its input is a packet every millisecond or so for that time; it answers <c>done</c>.</summary>
    public static async Task<int> SendAsync()
    {
        var packet = new byte[16];
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var words = line.Split(' ');
            var to = new IPEndPoint(IPAddress.Parse(words[1]), int.Parse(words[2], CultureInfo.InvariantCulture));
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(IPAddress.Parse(words[0]), 0));
            var begin = Stopwatch.GetTimestamp();
            var time = TimeSpan.FromMilliseconds(int.Parse(words[3], CultureInfo.InvariantCulture));
            for (var number = 0; Stopwatch.GetElapsedTime(begin) < time; number++)
            {
                BinaryPrimitives.WriteInt32LittleEndian(packet, number);
                try
                {
                    socket.SendTo(packet, SocketFlags.None, to);
                }
                catch (SocketException)
                {
                    // A firewall that refuses instead of dropping says so to the sender.
                }
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, CancellationToken.None);
            }
            Console.WriteLine("done");
        }
        return 0;
    }

    /// <summary>Receives on a port; an address on its input is answered with the Stopwatch timestamp of its last packet, 0 when there was none.</summary>
    public static async Task<int> ReceiveAsync(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 1 << 20 };
        socket.Bind(new IPEndPoint(IPAddress.Any, port));
        var last = new System.Collections.Concurrent.ConcurrentDictionary<string, long>(StringComparer.Ordinal);
        var receiving = new Thread(() =>
        {
            var buffer = new byte[64];
            EndPoint from = new IPEndPoint(IPAddress.Any, 0);
            while (true)
            {
                socket.ReceiveFrom(buffer, ref from);
                last[((IPEndPoint)from).Address.ToString()] = Stopwatch.GetTimestamp();
            }
        }) { IsBackground = true };
        receiving.Start();
        Console.WriteLine("ready");
        while (await Console.In.ReadLineAsync() is { } address) Console.WriteLine(last.GetValueOrDefault(address).ToString(CultureInfo.InvariantCulture));
        return 0;
    }
}
