using System.Net;
using System.Net.Sockets;
using FestivalOps.Blocking.Addresses;
using FestivalOps.Blocking.Reading;
using FestivalOps.Blocking.Sharing;
using FestivalOps.Storage;
using FestivalOps.Telemetry;
using Microsoft.Extensions.Options;

namespace FestivalOps.Blocking.Following;

/// <summary>Takes syslog over UDP and TCP from those who may send. Nothing is answered, and what comes too fast is lost as with any syslog over UDP.</summary>
internal sealed partial class SyslogListener(IOptions<BlockingOptions> options, AttackWatch watch, StoreState store, TimeProvider time, ILogger<SyslogListener> logger) : BackgroundService
{
    private const string Source = "syslog";
    private const int MostConnections = 64;
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    // What is sent to one process is sent to no other.
    private readonly string _origin = SightingBatch.OriginOf(Source, $"{Environment.MachineName}:{Environment.ProcessId}");
    private readonly AddressRanges _from = AddressRanges.Parse(options.Value.Syslog.From);
    private int _connections;
    private bool _refused;

    /// <summary>Where datagrams are taken now; null: nowhere.</summary>
    public IPEndPoint? Udp { get; private set; }

    /// <summary>Where connections are taken now; null: nowhere.</summary>
    public IPEndPoint? Tcp { get; private set; }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var settings = options.Value.Syslog;
        if (!settings.IsOn) return;
        await store.Ready.WaitAsync(stoppingToken);
        await Task.WhenAll(
            settings.Udp.Length > 0 ? RepeatAsync(settings.Udp, DatagramsAsync, stoppingToken) : Task.CompletedTask,
            settings.Tcp.Length > 0 ? RepeatAsync(settings.Tcp, ConnectionsAsync, stoppingToken) : Task.CompletedTask);
    }

    private async Task RepeatAsync(string place, Func<IPEndPoint, CancellationToken, Task> listen, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await listen(IPEndPoint.Parse(place), ct);
            }
            catch (Exception failure) when (!ct.IsCancellationRequested)
            {
                Log.Failed(logger, failure, place, ErrorId.New());
                await Task.Delay(AfterFailure, time, ct);
            }
        }
    }

    private async Task DatagramsAsync(IPEndPoint place, CancellationToken ct)
    {
        using var socket = new Socket(place.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 4 * 1024 * 1024 };
        socket.Bind(place);
        Udp = (IPEndPoint)socket.LocalEndPoint!;
        var feed = Feed();
        var buffer = new byte[LogReader.LongestLine];
        while (true)
        {
            var got = await socket.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(place.Address, 0), ct);
            if (MaySend(got.RemoteEndPoint)) await TakeAsync(feed, buffer.AsMemory(0, got.ReceivedBytes), ct);
        }
    }

    private async Task ConnectionsAsync(IPEndPoint place, CancellationToken ct)
    {
        using var listener = new TcpListener(place);
        listener.Start();
        Tcp = (IPEndPoint)listener.LocalEndpoint;
        while (true)
        {
            var client = await listener.AcceptTcpClientAsync(ct);
            if (MaySend(client.Client.RemoteEndPoint!) && Interlocked.Increment(ref _connections) <= MostConnections) _ = ServeAsync(client, ct);
            else client.Dispose();
        }
    }

    private async Task ServeAsync(TcpClient client, CancellationToken ct)
    {
        try
        {
            using (client)
            {
                var frames = new SyslogFrames();
                var feed = Feed();
                await using var stream = client.GetStream();
                while (await stream.ReadAsync(frames.Room, ct) is > 0 and var read)
                {
                    frames.Got(read);
                    while (frames.TryTake(out var message)) await TakeAsync(feed, message, ct);
                }
            }
        }
        catch (Exception failure) when (failure is IOException or SocketException or OperationCanceledException)
        {
            // The other side went away, or we stop: it connects again.
        }
        finally
        {
            Interlocked.Decrement(ref _connections);
        }
    }

    private Task TakeAsync(LineFeed feed, ReadOnlyMemory<byte> message, CancellationToken ct)
    {
        feed.Latest = LogTime.Latest(time.GetUtcNow());
        var end = message.Span.TrimEnd("\r\n\0"u8).Length;
        return watch.TakeLineAsync(Source, feed, message[..end], ct);
    }

    private LineFeed Feed() => watch.Feed(LogReaders.Make(LogKind.Syslog, options.Value, options.Value.Syslog.GetZone(), time.GetUtcNow), _origin);

    private bool MaySend(EndPoint sender)
    {
        var ip = ((IPEndPoint)sender).Address;
        if (ip.IsIPv4MappedToIPv6) ip = ip.MapToIPv4();
        var may = _from.Count == 0 ? IPAddress.IsLoopback(ip) : ClientAddress.TryParse(ip.ToString(), out var address) && _from.Contains(address);
        if (!may && !_refused) Log.Refused(logger, ip.ToString());
        _refused |= !may;
        return may;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Syslog can't be taken at {Place}; it is tried again every few seconds. Error id {ErrorId}")]
        public static partial void Failed(ILogger logger, Exception failure, string place, string errorId);

        [LoggerMessage(LogLevel.Warning, "Syslog came from {Address}, which Blocking:Syslog:From does not allow; it is not read. Others are refused without a word")]
        public static partial void Refused(ILogger logger, string address);
    }
}
