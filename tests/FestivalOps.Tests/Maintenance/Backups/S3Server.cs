using System.Net.Sockets;
using Amazon.S3;
using Amazon.S3.Model;
using FestivalOps.Demo.SamplePlatform.Local;
using Xunit;

namespace FestivalOps.Tests.Maintenance.Backups;

/// <summary>s3rver, an S3-compatible server, on a free port with an empty bucket "backups". Its keys are S3RVER and S3RVER.</summary>
internal sealed class S3Server : LocalServer
{
    private const string Node = "/usr/bin/node";
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "Maintenance", "Backups", "s3rver", "node_modules", "s3rver", "bin", "s3rver.js");

    private S3Server() : base("s3rver")
    {
    }

    public string Address => $"http://127.0.0.1:{Port}";

    protected override ServerCommand Command => new(
        Node, ["--openssl-legacy-provider", Program, "-d", Path.Combine(Folder, "data"), "-a", "127.0.0.1", "-p", $"{Port}", "-s", "--no-vhost-buckets", "--configure-bucket", "backups"], Folder, null);

    public static Task<S3Server> StartAsync()
    {
        Assert.SkipUnless(System.IO.File.Exists(Node), "node is not installed: apt-get install -y nodejs npm");
        Assert.SkipUnless(System.IO.File.Exists(Program), "s3rver is not installed: run tests/run, or npm ci in Maintenance/Backups/s3rver beside the test program");
        var server = new S3Server();
        return StartNewAsync(server, () => Task.FromResult(Directory.CreateDirectory(Path.Combine(server.Folder, "data"))), TestContext.Current.CancellationToken);
    }

    public async Task PutAsync(string key, string content)
    {
        using var client = new AmazonS3Client("S3RVER", "S3RVER", new AmazonS3Config { ServiceURL = Address, ForcePathStyle = true, AuthenticationRegion = "ap-northeast-1", UseHttp = true });
        await client.PutObjectAsync(new PutObjectRequest { BucketName = "backups", Key = key, ContentBody = content, UseChunkEncoding = false }, TestContext.Current.CancellationToken);
    }

    protected override async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", Port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
