using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using FestivalOps.Demo.SamplePlatform.Local;
using Xunit;

namespace FestivalOps.Tests.Channels;

/// <summary>
/// Debian's aiosmtpd as a process of its own, with STARTTLS, a login and a certificate that this test made. A recipient whose name begins
/// with "nobody" is refused; mail to "slow" is taken and never confirmed, each first time.
/// </summary>
internal sealed class MailServer : IAsyncDisposable
{
    private const string Script = """
        import asyncio, json, ssl, sys
        from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
        port, cert, key = int(sys.argv[1]), sys.argv[2], sys.argv[3]
        slow = set()
        class Handler:
            async def handle_RCPT(self, server, session, envelope, address, options):
                if address.startswith("nobody"): return "550 5.1.1 no such mailbox"
                if address.startswith("full"): return "452 4.2.2 mailbox full"
                envelope.rcpt_tos.append(address)
                return "250 OK"
            async def handle_DATA(self, server, session, envelope):
                print(json.dumps({"to": envelope.rcpt_tos, "tls": session.ssl is not None, "user": session.auth_data.login.decode() if session.auth_data else None,
                                  "data": envelope.content.decode()}), flush=True)
                if envelope.rcpt_tos[0].startswith("slow") and envelope.rcpt_tos[0] not in slow:
                    slow.add(envelope.rcpt_tos[0])
                    await asyncio.sleep(3600)
                return "250 OK"
        def login(server, session, envelope, mechanism, data):
            ok = isinstance(data, LoginPassword) and data.login == b"ops" and data.password == b"mail-secret-1"
            return AuthResult(success=ok, handled=False, auth_data=data if ok else None)
        context = None
        if cert:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(cert, key)
        def make(): return SMTP(Handler(), tls_context=context, require_starttls=bool(cert), auth_required=bool(cert), authenticator=login, enable_SMTPUTF8=True)
        async def main():
            server = await asyncio.get_running_loop().create_server(make, "127.0.0.1", port)
            print("ready", flush=True)
            await server.serve_forever()
        asyncio.run(main())
        """;

    private readonly Process _process;
    private readonly string _folder;
    private readonly List<string> _lines = [];
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private MailServer(Process process, string folder, int port) => (_process, _folder, Port) = (process, folder, port);

    public int Port { get; }

    public string Certificate => Path.Combine(_folder, "cert.pem");

    /// <summary>What arrived, as JSON: to, tls, user, data.</summary>
    public List<System.Text.Json.JsonElement> Mails
    {
        get
        {
            lock (_lines) return [.. _lines.Select(l => System.Text.Json.JsonDocument.Parse(l).RootElement)];
        }
    }

    public static async Task<MailServer> StartAsync(bool tls = true)
    {
        const string python = "/usr/bin/python3";
        Assert.SkipUnless(File.Exists(python) && Directory.Exists("/usr/lib/python3/dist-packages/aiosmtpd"), "python3-aiosmtpd is not installed");
        var folder = Directory.CreateTempSubdirectory("fops-mail-").FullName;
        var (certificate, key) = (Path.Combine(folder, "cert.pem"), Path.Combine(folder, "key.pem"));
        await MakeCertificateAsync(certificate, key);
        var script = Path.Combine(folder, "server.py");
        await File.WriteAllTextAsync(script, Script, TestContext.Current.CancellationToken);
        var port = FreePort.Take();
        var start = new ProcessStartInfo(python) { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in (string[])[script, $"{port}", tls ? certificate : "", key]) start.ArgumentList.Add(argument);
        var process = new Process { StartInfo = start };
        var server = new MailServer(process, folder, port);
        process.OutputDataReceived += (_, line) => server.Read(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        await server._ready.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Read(string? line)
    {
        if (line is null) return;
        if (line == "ready") _ready.TrySetResult();
        else lock (_lines) _lines.Add(line);
    }

    private static async Task MakeCertificateAsync(string certificate, string key)
    {
        using var rsa = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
        await File.WriteAllTextAsync(certificate, made.ExportCertificatePem(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(key, rsa.ExportPkcs8PrivateKeyPem(), TestContext.Current.CancellationToken);
    }
}
