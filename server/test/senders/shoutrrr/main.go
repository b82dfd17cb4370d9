// Sends a message by one of the two modules named shoutrrr: MODULE URL MESSAGE.
package main

import (
	"fmt"
	"os"

	containrrr "github.com/containrrr/shoutrrr"
	nicholas "github.com/nicholas-fedor/shoutrrr"
)

func main() {
	modules := map[string]func(url, message string) error{
		"containrrr":     containrrr.Send,
		"nicholas-fedor": nicholas.Send,
	}
	if err := modules[os.Args[1]](os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
