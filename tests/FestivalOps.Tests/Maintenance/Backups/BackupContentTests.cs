using System.Text;
using FestivalOps.Hosts.Files;
using FestivalOps.Maintenance.Backups;
using FestivalOps.Scheduling;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Maintenance.Backups;

/// <summary>What names claim, what first bytes say, and what ages and sizes mean.</summary>
public sealed class BackupContentTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 0, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("db_20261130.sql.gz", "Gzip")]
    [InlineData("db.SQL.GZ", "Gzip")]
    [InlineData("files.tar.gz", "Archive")]
    [InlineData("db.dump", "Custom")]
    [InlineData("db.sql", "Sql")]
    [InlineData("db.sql.gz.gpg", "Encrypted")]
    [InlineData("db.sql.gz.sha256", "None")]
    [InlineData("README", "None")]
    public void A_name_claims_what_it_ends_with(string name, string claim) => BackupName.Claim(name).ToString().ShouldBe(claim);

    [Theory]
    [InlineData("1f8b0800", "Gzip")]
    [InlineData("5047444d50010e", "Custom")]
    [InlineData("53616c7465645f5f0102", "OpenSsl")]
    [InlineData("850c0335d1a2b3c4d5e6f708", "Unknown")]
    [InlineData("85020c0335d1a2b3c4d5e6f7", "Gpg")]
    [InlineData("8c0d04090302aabbccddeeff00", "Gpg")]
    [InlineData("c3140703aabbccddeeff0011", "Unknown")]
    [InlineData("28b52ffd0458", "OtherPacked")]
    [InlineData("0000000000000000", "Zeros")]
    [InlineData("", "Empty")]
    [InlineData("deadbeef00010203", "Unknown")]
    public void First_bytes_tell_contents_apart(string hex, string content) => BackupMagic.Of(Convert.FromHexString(hex)).ToString().ShouldBe(content);

    [Theory]
    [InlineData("--\n-- PostgreSQL database dump\n--\n", "Text")]
    [InlineData("-- 祭り\n-- \u0001", "Unknown")]
    [InlineData("age-encryption.org/v1\n-> X25519 abc", "Age")]
    [InlineData("-----BEGIN PGP MESSAGE-----\n", "Gpg")]
    public void First_words_do_too(string text, string content) => BackupMagic.Of(Encoding.UTF8.GetBytes(text)).ToString().ShouldBe(content);

    [Fact]
    public void A_character_that_is_cut_at_the_end_of_what_was_read_is_text_all_the_same() =>
        BackupMagic.Of(Encoding.UTF8.GetBytes("-- 祭り表祭り表").AsSpan()[..^1]).ShouldBe(BackupContent.Text);

    [Fact]
    public void Our_own_dumps_do_not_hide_that_the_platforms_have_stopped()
    {
        var folder = Folder(("festivalops-dump-20261130T003000Z.dump", 100, 0), ("db_20261120.sql.gz", 100, 240));
        folder.NewestDatabase!.Name.ShouldBe("db_20261120.sql.gz");
        var presence = folder.Presence(new(), "web1", Now).ShouldHaveSingleItem();
        presence.End.ShouldBe(TaskEnd.Failed);
        presence.Says.En.ShouldBe("the newest, db_20261120.sql.gz, is 10 days old (limit 26 h): backups may have stopped");
    }

    [Fact]
    public void An_archive_of_files_does_not_hide_it_either() =>
        Folder(("files_20261130.tar.gz", 100, 0), ("db_20261120.sql.gz", 100, 240)).Presence(new(), "web1", Now).First().End.ShouldBe(TaskEnd.Failed);

    [Theory]
    [InlineData(26, TaskEnd.Ok)]
    [InlineData(26.1, TaskEnd.Failed)]
    internal void The_limit_of_age_itself_is_still_well(double hours, TaskEnd end) => Folder(("db_1.sql.gz", 100, hours)).Presence(new(), "web1", Now).First().End.ShouldBe(end);

    [Theory]
    [InlineData(150, TaskEnd.Ok)]
    [InlineData(151, TaskEnd.Warning)]
    [InlineData(50, TaskEnd.Ok)]
    [InlineData(49, TaskEnd.Warning)]
    [InlineData(0, TaskEnd.Warning)]
    internal void The_newest_may_differ_by_half_from_the_median_of_the_last_eight(long size, TaskEnd end)
    {
        // The nine-times-larger tenth is too long ago; one odd one among the eight does not move the median.
        (string, long, double)[] before = [.. Enumerable.Range(1, 7).Select(d => ($"db_{d}.sql.gz", 100L, 24.0 * d)), ("db_8.sql.gz", 5000, 192), ("db_9.sql.gz", 900, 216)];
        Folder([("db_0.sql.gz", size, 0), .. before]).Size(new())!.End.ShouldBe(end);
    }

    [Fact]
    public void Sizes_are_compared_within_one_series_and_not_at_all_when_there_are_too_few()
    {
        var mixed = Folder(("small_9.sql.gz", 10, 0), ("large_8.sql.gz", 1000, 1), ("large_7.sql.gz", 1000, 2), ("small_6.sql.gz", 10, 3), ("small_5.sql.gz", 10, 4));
        mixed.Size(new())!.Says.En.ShouldBe("size as usual (10 B; median of the 2 before it: 10 B)");
        Folder(("db_1.sql.gz", 10, 0), ("db_0.sql.gz", 10, 1)).Size(new())!.Says.En.ShouldBe("size not compared: only 1 earlier of its kind");
        Folder(("db-monday.sql.gz", 10, 0), ("db-sunday.sql.gz", 100, 1), ("db-saturday.sql.gz", 100, 2)).Size(new())!.End.ShouldBe(TaskEnd.Warning);
    }

    [Fact]
    public void Links_folders_and_strange_names_are_no_backups()
    {
        var folder = new BackupFolder(new(
            [
                new("/b/latest.sql.gz", 0, Now, HostEntryKind.Link), new("/b/old.sql.gz", 0, Now, HostEntryKind.Folder), new("/b/note.txt", 1, Now, HostEntryKind.File),
                new("/b/festivalops-dump-20261130T003000Z.dump.part", 1, Now, HostEntryKind.File), new("/b/festivalops-dump-x.dump", 1, Now, HostEntryKind.File),
            ],
            IsCut: false));
        folder.Backups.ShouldHaveSingleItem().Name.ShouldBe("festivalops-dump-x.dump");
        folder.Own.ShouldBeEmpty();
        folder.Leftovers.ShouldHaveSingleItem();
        folder.NotKnown.ShouldBe(1);
    }

    private static BackupFolder Folder(params (string Name, long Size, double HoursOld)[] files) =>
        new(new([.. files.Select(f => new HostEntry("/b/" + f.Name, f.Size, Now - TimeSpan.FromHours(f.HoursOld), HostEntryKind.File))], IsCut: false));
}
