using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FestivalOps.Benchmarks.Traffic;

/// <summary>
/// Whole HTTP requests of <c>/fops health</c>, made and signed before the clock runs. Each has its own <c>trigger_id</c>, its own
/// <c>response_url</c> and so its own signature: nothing can be passed over as a repeat.
/// </summary>
internal static class SignedCommands
{
    /// <summary>Makes as many as <paramref name="order"/> asks for.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Make(LoadOrder order)
    {
        var key = Encoding.UTF8.GetBytes(order.Secret);
        var run = Guid.NewGuid().ToString("N");
        var timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var requests = new ReadOnlyMemory<byte>[order.Count];
        for (var n = 0; n < requests.Length; n++)
        {
            var body = "token=gIkuvaNzQIHg97ATvDxqgjtO&team_id=T0BENCH01&team_domain=festival&channel_id=C0BENCH01&channel_name=ops"
                + "&user_id=U0BENCH01&user_name=bench&command=%2Ffops&text=health&api_app_id=A0BENCH01&is_enterprise_install=false"
                + $"&response_url=http%3A%2F%2F127.0.0.1%3A{order.SinkPort}%2Fr%2FT0BENCH01%2F{run}%2F{n}&trigger_id={n}.{run}";
            var signature = Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes($"v0:{timestamp}:{body}")));
            requests[n] = Encoding.ASCII.GetBytes(
                $"POST {order.Path} HTTP/1.1\r\nHost: 127.0.0.1:{order.Port}\r\nUser-Agent: Slackbot 1.0 (+https://api.slack.com/robots)\r\n"
                + $"Accept: application/json,*/*\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {body.Length}\r\n"
                + $"X-Slack-Request-Timestamp: {timestamp}\r\nX-Slack-Signature: v0={signature}\r\n\r\n{body}");
        }
        return requests;
    }
}
